// Package directory is a territory's list of help: organisations, the places they keep, the services offered there.
//
// Its words. An organisation answers for places. A place is somewhere a person can go, call or reach online; it has an
// address, opening hours, equipment. A service is what is offered at a place: for which needs, to whom, through which
// door, at what cost. A closure is an exception to the hours ("closed on the 24th, the lift is being repaired"). A
// remark is what anybody says is wrong with a record. A source is the register that a record came from.
//
// What always holds:
//
//   - Every change of a record appends its event in the same transaction; the search index follows these events and
//     nothing else, on every node.
//   - A record that came from a source has an id made from the source and its id there, and keeps a print of what the
//     source last said: reading the same file again changes nothing and appends no event.
//   - A feed never loses a row in silence: each row goes in, or is listed with its line, field, value and what would be
//     right. What our vocabulary does not have is kept in the source's own words.
//   - Hours are kept as they were given, and understood where we can. What we cannot read is shown, never guessed.
//   - A person's position is an argument of a search. It is not kept and not logged.
//
// Rules are in the files of the nouns and are pure. Directory (directory.go) has the use cases, store_*.go the SQL,
// index*.go and search*.go the search, import*.go and standard*.go the reading of feeds. How feeds and the directory's
// own tables look is told in docs/develop/directory-tables.md.
package directory
