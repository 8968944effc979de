package resolve

// jaroWinkler is the Jaro–Winkler similarity of two ASCII words, 0 to 1
// (Winkler, 1990), with the usual prefix weight of 0.1.
func jaroWinkler(a, b string) float64 {
	if a == b {
		return 1
	}
	if len(a) == 0 || len(b) == 0 || len(a) > 64 || len(b) > 64 {
		return 0
	}
	window := max(len(a), len(b))/2 - 1
	var usedA, usedB uint64
	matches := 0
	for i := range len(a) {
		for j := max(0, i-window); j < min(len(b), i+window+1); j++ {
			if usedB&(1<<j) == 0 && a[i] == b[j] {
				usedA |= 1 << i
				usedB |= 1 << j
				matches++
				break
			}
		}
	}
	if matches == 0 {
		return 0
	}
	half, j := 0, 0
	for i := range len(a) {
		if usedA&(1<<i) == 0 {
			continue
		}
		for usedB&(1<<j) == 0 {
			j++
		}
		if a[i] != b[j] {
			half++
		}
		j++
	}
	m := float64(matches)
	jaro := (m/float64(len(a)) + m/float64(len(b)) + (m-float64(half)/2)/m) / 3
	prefix := 0
	for prefix < min(4, len(a), len(b)) && a[prefix] == b[prefix] {
		prefix++
	}
	return jaro + float64(prefix)*0.1*(1-jaro)
}

// phonetic is a key that words share which sound alike in most European
// languages: consonants folded to classes, vowels dropped after the first
// letter, doubles made single.
func phonetic(word string) string {
	out := make([]byte, 0, 8)
	var last byte
	for i := 0; i < len(word) && len(out) < 8; i++ {
		c := word[i]
		next := byte(0)
		if i+1 < len(word) {
			next = word[i+1]
		}
		code := soundOf(c, next)
		if i == 0 && code == 0 {
			code = 'a'
		}
		if c == 'p' && next == 'h' || c == 's' && next == 'c' || c == 'c' && (next == 'h' || next == 'k') || c == 'g' && next == 'h' {
			i++
		}
		if code != 0 && code != last {
			out = append(out, code)
		}
		last = code
	}
	return string(out)
}

func soundOf(c, next byte) byte {
	switch c {
	case 'b':
		return 'b'
	case 'p':
		if next == 'h' {
			return 'f'
		}
		return 'b'
	case 'f', 'v', 'w':
		return 'f'
	case 'c':
		if next == 'h' || next == 'e' || next == 'i' || next == 'y' {
			return 's'
		}
		return 'k'
	case 'k', 'q', 'g', 'x':
		return 'k'
	case 's', 'z', 'j':
		return 's'
	case 'd', 't':
		return 't'
	case 'l':
		return 'l'
	case 'm', 'n':
		return 'n'
	case 'r':
		return 'r'
	}
	return 0
}
