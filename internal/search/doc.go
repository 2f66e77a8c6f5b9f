// Package search is a territory's search index, held in memory and the same whatever engine feeds it. It answers words
// as people type them in five languages: with or without accents, misspelt, half typed, Vietnamese without marks,
// Chinese in characters or in pinyin.
//
// What always holds:
//   - The answer to a query depends on the documents alone: neither on the order they came in nor on what was there
//     before them. Equal scores are ordered by id. One thing outlives its document: the fullest way a word was ever
//     written, with its accents, is how Corrected and Suggest write it.
//   - Filters never leak: every hit passes every filter. A facet's counts leave that facet's own filter out, so that
//     a person sees what another choice would give.
//   - When no document has all the words, those with most of them are given, and the words let go are named.
//   - An Index is safe for concurrent use. A search sees a Put entirely or not at all.
package search
