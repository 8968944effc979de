package main

// importCmd takes in data that others have made.
type importCmd struct {
	Claims importClaimsCmd `cmd:"" help:"Claims about one document, one JSON object a line, as docs/ask.md describes."`
}
