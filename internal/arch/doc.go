// Package arch holds the house's rules and the tests that keep them: who may import whom, how long things may be, how
// often code may ask which engine it runs on, that every word exists in every language, that every library is accounted
// for. It is read by `go test` alone and nothing imports it.
//
// Each rule is a function from the tree of files to the faults that it finds, so that each has a test on the real tree
// and a test on a small planted tree that must turn it red.
package arch
