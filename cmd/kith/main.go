// Command kith reads texts about public people and keeps the map of who
// stands behind whom.
package main

func main() {}
