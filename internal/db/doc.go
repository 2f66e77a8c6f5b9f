// Package db is the store: one territory's data in an SQLite file or in a PostgreSQL schema, behind one kind of
// transaction and one SQL text for both.
//
// What always holds:
//   - Write returns nil only after its changes are on the disk.
//   - Read sees one moment of the data, and can change nothing.
//   - A closure given to Write may run again from the start: it does no input or output, sends nothing, and sets the
//     variables that it gives back rather than adding to them. What must happen once goes to Tx.AfterCommit.
//   - A caller who gives up (its context ends) before its turn gets its context's error and nothing was done. Once its
//     turn has begun it is carried through, so that one who leaves never takes the others' work along.
//   - A statement that fails ends the transaction, whatever the closure makes of its error. Where two may add the same row,
//     say ON CONFLICT. That a row is not there is no failure.
//   - A closure never opens another transaction on the same store: it would wait for itself.
//   - An error of Write means that nothing of it is kept, with one exception that no store can do without: when the disk or
//     the connection fails during the commit itself (problem.Unavailable), it may be kept. A command has an id of its own,
//     so that sending it again does it once.
//   - Any error of a driver has become a problem of a kind, by its code. Nothing else knows the drivers.
//
// Parameters are $1, $2 on both engines. Columns use the types that both share: TEXT, BIGINT, INTEGER,
// DOUBLE PRECISION, BOOLEAN and {{blob}}; JSON is TEXT; an instant is a BIGINT read into a Time.
// Texts sort and compare by their bytes, LIKE minds capitals, and a text that is not UTF-8 or holds a zero byte is refused,
// on both. Where NULL may be sorted, say NULLS FIRST or NULLS LAST: the engines differ without.
package db
