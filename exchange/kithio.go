package exchange

func kithImporter() Importer { return Importer{Sniff: func(*File) bool { return false }} }
