// Package web is how a territory speaks HTTP: what stands between a request and a page.
//
// NewHandler takes a Site (one territory with its words, clock and people) and Routes (one line a page) and gives a
// handler. Around every page it puts, from the outside in: a reference, recovery, the request log, figures, headers,
// limits, the cross-origin check, the language, the person, and the memory of pages that are the same for everybody.
// Front chooses the territory by host name and answers for health and figures; Serve runs it and stops it gently.
//
// What always holds:
//   - A page is rendered in full before its first byte goes out. A handler that fails shows a page that helps, with a
//     reference that the log also has; a cause is never shown.
//   - Every answer has the security headers. Nothing is inline; only Map and Embed routes have a wider content policy.
//   - The log holds no query, no address of a person, no name.
//   - What is kept in memory for all is only what a visitor without any session sees.
package web
