package text

import (
	"strings"
	"sync"
)

// irregular maps past tenses and participles that no rule makes to their
// verbs.
var irregular = sync.OnceValue(func() map[string]string {
	forms := map[string]string{}
	for _, line := range strings.Fields(strongVerbs) {
		verb, list, _ := strings.Cut(line, ":")
		for _, form := range strings.Split(list, ",") {
			forms[form] = verb
		}
	}
	return forms
})

// strongVerbs lists English verbs with their past tenses and participles, as
// far as these differ from the verb and from the rule.
const strongVerbs = `
	arise:arose,arisen awake:awoke,awoken be:was,were,been bear:bore,borne beat:beaten become:became befall:befell,befallen beget:begot,begotten
	begin:began,begun behold:beheld bend:bent bereave:bereft beseech:besought beset:beset bestride:bestrode bid:bade,bidden bind:bound bite:bit,bitten
	bleed:bled blow:blew,blown break:broke,broken breed:bred bring:brought build:built burn:burnt buy:bought cast:cast catch:caught
	choose:chose,chosen cling:clung come:came creep:crept deal:dealt dig:dug dive:dove do:did,done draw:drew,drawn dream:dreamt drink:drank,drunk
	drive:drove,driven dwell:dwelt eat:ate,eaten fall:fell,fallen feed:fed feel:felt fight:fought find:found flee:fled fling:flung fly:flew,flown
	forbid:forbade,forbidden foresee:foresaw,foreseen foretell:foretold forget:forgot,forgotten forgive:forgave,forgiven forgo:forwent,forgone
	forsake:forsook,forsaken freeze:froze,frozen get:got,gotten give:gave,given go:went,gone grind:ground grow:grew,grown hang:hung have:had
	hear:heard hide:hid,hidden hold:held keep:kept kneel:knelt know:knew,known lay:laid lead:led lean:leant leap:leapt learn:learnt leave:left
	lend:lent light:lit lose:lost make:made mean:meant meet:met mow:mown pay:paid plead:pled prove:proven rend:rent ride:rode,ridden ring:rang,rung
	rise:rose,risen run:ran say:said see:saw,seen seek:sought sell:sold send:sent sew:sewn shake:shook,shaken shear:shorn shine:shone shoe:shod
	shoot:shot show:shown shrink:shrank,shrunk sing:sang,sung sink:sank,sunk sit:sat slay:slew,slain sleep:slept slide:slid sling:slung slink:slunk
	smell:smelt smite:smote,smitten sneak:snuck sow:sown speak:spoke,spoken speed:sped spell:spelt spend:spent spill:spilt spin:spun spit:spat
	spoil:spoilt spring:sprang,sprung stand:stood steal:stole,stolen stick:stuck sting:stung stink:stank,stunk stride:strode,stridden
	strike:struck,stricken string:strung strive:strove,striven swear:swore,sworn sweep:swept swell:swollen swim:swam,swum swing:swung
	take:took,taken teach:taught tear:tore,torn tell:told think:thought thrive:throve throw:threw,thrown tread:trod,trodden understand:understood
	wake:woke,woken wear:wore,worn weave:wove,woven weep:wept win:won wind:wound wring:wrung write:wrote,written`

// verbPrefixes stand before irregular verbs that inflect as without them.
var verbPrefixes = []string{"over", "out", "re", "un", "under", "up", "mis", "fore", "with", "inter", "co-", "re-", "over-", "out-"}

// strong returns the verb of an irregular past tense or participle.
func strong(form string) (verb string, ok bool) {
	if verb, ok = irregular()[form]; ok {
		return verb, true
	}
	for _, prefix := range verbPrefixes {
		if rest, cut := strings.CutPrefix(form, prefix); cut {
			if verb, ok = irregular()[rest]; ok {
				return prefix + verb, true
			}
		}
	}
	return "", false
}
