// Package blob keeps files: what people hand in, what a service hands out. The bytes live in a Store, on the disk or in
// an S3 bucket; what is known about a file (whose it is, its size, its checksum) is a row of the database.
//
// What always holds:
//   - A name is made here, at random, and says nothing about the file. A name that this package did not make is refused
//     before anything is looked up, so no path of a visitor ever reaches the disk.
//   - When Put returns, the bytes have reached the disk (or the bucket has confirmed them) and their checksum is known.
//   - A file never changes. A new version is a new file.
//   - Bytes come before their row, and a row goes before its bytes: a fault between the two leaves bytes without a row,
//     which Sweep removes after a day, and never a row without its bytes.
//
// Whoever seals files wraps a Store in another Store; nothing here looks into the bytes.
package blob
