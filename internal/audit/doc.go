// Package audit keeps two books apart from the history of change.
//
// The book of looks says who among the staff looked at what about a person, when and why. A look changes no row, so it
// is no event. It is written before the page is shown, and the person can read it.
//
// The trail says what was done that opens doors: sign-ins, roles, exports. Its lines are numbered without holes, and each
// carries the hash of the one before, so that a line that was changed, taken out or put in is found by Verify. Who
// rewrites all of it is found out only by somebody outside who holds an earlier Head.
//
// Neither book has a way to change a line. Lines leave when their time is over, the oldest first, and the trail says so.
package audit
