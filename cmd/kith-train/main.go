// Command kith-train trains and scores the models of kith.
package main

func main() {}
