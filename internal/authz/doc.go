// Package authz says who may do what, as one table that can be read from top to bottom.
//
// A role is what a person is for one territory; nobody carries a role from one territory to another. A role may do what
// its column of the table says and nothing else: an action that is not in the table is refused to everybody, and a role
// that is not in the table may do nothing. The table looks at roles alone; whether this file or this record is the
// person's own is the feature's question.
package authz
