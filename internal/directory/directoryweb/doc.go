// Package directoryweb is the directory's pages: the home page, the list with its filters and map, a place, the social
// economy, organisations, the poster that shares the map, and what scripts and other programs read of them.
//
// What always holds: every page is the same with and without scripts; what a person asked stands in the address, so that
// it can be kept, sent and printed, except their own position, which is never written to a log or kept; a list that finds
// nothing leads somewhere.
package directoryweb
