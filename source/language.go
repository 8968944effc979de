package source

import (
	"strings"
	"unicode"
)

// functionWords are the commonest words of each language, those that nearly
// every sentence holds. They tell languages apart better than letters do.
var functionWords = map[string]string{
	"en": "the of and to in a is that for was on with as it by be at from are this have an he his has not but they which or were her she had their who will one we all would there been more when if about i you my its after also said",
	"es": "de la que el en y los se del las un por con no una su para es al lo como más pero sus le ya o este sí porque esta entre cuando muy sin sobre también hasta hay donde fue",
	"fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son ont mais cette été aux être ses elle nous leur comme deux",
	"de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über so zum",
	"it": "di e il la che in un a per è una sono con del non della si da al le dei alla nel come anche più ha gli ma delle questo dal lo nella essere suo stato",
	"pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou quando muito nos já eu também pelo pela até isso foi",
	"nl": "de van het een en in is dat op te zijn met voor niet aan er om ook als bij maar door naar hij heeft uit over die worden nog wordt dan tot was werd deze haar",
	"sv": "och i att det som en på är av för med den till inte om ett har de var jag men så från vi kan när ska han hon sig under eller efter skulle också",
	"da": "og i at det er en til på de for der med som af den ikke har et var han sig men fra om hun kan efter eller blev ved også havde være skal",
	"no": "og i det er på en til som av for med at de ikke har den et fra var han om men vi seg kan hun ble etter eller også hadde være skal være",
	"fi": "ja on ei että se oli hän mutta myös kun ovat tai joka niin sen mukaan jos kuin ole vain jotka ovat hänen siitä",
	"pl": "i w na z się do nie że jest o to jak za od po przez co dla jego są tym ale już tylko czy może było który która oraz",
	"cs": "a v se na je že s z o do i to ve jako za pro by po ale který jsou podle tak jeho od byl která také bude",
	"tr": "ve bir bu da de için ile olarak çok daha olan gibi ne kadar sonra ama en var o değil ise her ya olduğu",
	"ro": "de și în la a cu pe nu este din care mai un o că pentru au fi ce sunt s-a prin lui după sau când fost",
	"id": "yang dan di untuk dengan dari ini itu dalam pada tidak akan ke oleh adalah juga sebagai telah bahwa mereka dia ada",
	"sw": "na ya wa kwa ni katika la za cha kuwa hiyo huo hii yake wake kama alisema baada lakini hata",
}

var wordLanguages = func() map[string][]string {
	index := map[string][]string{}
	for language, words := range functionWords {
		for _, w := range strings.Fields(words) {
			index[w] = append(index[w], language)
		}
	}
	return index
}()

// scripts name the language of texts that are not in Latin letters by their
// script's commonest language; telling them apart further is not needed to
// know that they are not English.
var scripts = []struct {
	language string
	table    *unicode.RangeTable
}{
	{"ru", unicode.Cyrillic}, {"el", unicode.Greek}, {"ar", unicode.Arabic}, {"he", unicode.Hebrew}, {"ja", unicode.Hiragana},
	{"ja", unicode.Katakana}, {"ko", unicode.Hangul}, {"zh", unicode.Han}, {"hi", unicode.Devanagari}, {"th", unicode.Thai},
	{"bn", unicode.Bengali}, {"ta", unicode.Tamil}, {"ka", unicode.Georgian}, {"hy", unicode.Armenian}, {"am", unicode.Ethiopic},
}

// Language names the language of a text (ISO 639-1), "" where the text is too
// short or too mixed to say. It looks at the first 20,000 bytes only.
func Language(text string) string {
	text = strings.ToLower(strings.ToValidUTF8(text[:min(len(text), 20_000)], ""))
	if language := byScript(text); language != "" {
		return language
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '-' })
	if len(words) < 6 {
		return ""
	}
	counts := map[string]int{}
	for _, w := range words {
		for _, language := range wordLanguages[w] {
			counts[language]++
		}
	}
	best, second := "", ""
	for language, n := range counts {
		switch {
		case best == "" || n > counts[best] || n == counts[best] && language < best:
			best, second = language, best
		case second == "" || n > counts[second] || n == counts[second] && language < second:
			second = language
		}
	}
	if counts[best]*100 < len(words)*12 || counts[best] == counts[second] && best != "en" && second != "en" {
		return ""
	}
	return best
}

// byScript decides for texts most of whose letters are not Latin.
func byScript(text string) string {
	letters, foreign := 0, 0
	counts := [32]int{}
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if r < 0x370 {
			continue
		}
		for i, s := range scripts {
			if unicode.Is(s.table, r) {
				counts[i]++
				foreign++
				break
			}
		}
	}
	if letters == 0 || foreign*2 < letters {
		return ""
	}
	best := 0
	for i := range scripts {
		if counts[i] > counts[best] {
			best = i
		}
	}
	if scripts[best].language == "zh" && counts[4]+counts[5] > 0 {
		return "ja"
	}
	return scripts[best].language
}
