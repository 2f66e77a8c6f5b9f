// Package searchtest makes up places and questions about them, in five languages, always the same for the same seed:
// to test the index by properties and to measure it at any size. Names are put together from common parts; none is meant
// to be a real place.
package searchtest
