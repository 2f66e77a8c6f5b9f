// Package mapping reads mapping files: a page of YAML that tells, without code, which column of somebody's list means
// what. It turns one row of such a list into the cells of a table that the directory reads already; it knows nothing
// of records, files or databases.
//
// Its words. A section is a table that rows are turned into ("standard", "place", "service"), with its fields. A rule says
// where a field's values come from: columns, a fixed value, a template, words to look for; and what is done with them:
// cut, looked up in a table, written otherwise. A column is named as its list names it; in JSON it is a path
// ("adresse.ville", "phones[].number"). A fault is what is wrong with a mapping file.
//
// What always holds:
//
//   - A mapping file is right or has faults, each with its line, what is wrong and what to write instead.
//   - Reading a row has no effect and no state: the same row always gives the same cells.
//   - A rule reads what its columns say and nothing else: no file, no address, no clock. Its patterns are read in linear
//     time.
package mapping
