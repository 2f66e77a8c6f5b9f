package directory

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"parvis/internal/directory/sheet"
)

// xlsxMost is how large a spreadsheet may be that is not a file on a disk.
const xlsxMost = 64 << 20

// xlsxRows reads the rows of a spreadsheet's sheet.
type xlsxRows struct {
	rows  *sheet.Rows
	names []string
	line  int // of the header, then of the row read last
	size  int64
}

// xlsxFinding says in words what is wrong with a spreadsheet: nothing more of it is read.
func xlsxFinding(err error, book *sheet.Book, name string) error {
	f := &Finding{Key: "directory.import.broken", Args: []any{"Cause", err.Error()}, Rejected: true, ends: true}
	switch {
	case errors.Is(err, sheet.ErrOld):
		f.Key, f.Args = "directory.import.xls", nil
	case errors.Is(err, sheet.ErrTooLarge):
		f.Key, f.Args = "directory.import.xlsx-large", nil
	case errors.Is(err, sheet.ErrTooManyCs):
		f.Key, f.Args = "directory.import.many-columns", []any{"N", sheet.MostColumns + 1, "Most", sheet.MostColumns}
	case errors.Is(err, sheet.ErrNotThere) && book != nil:
		f.Key, f.Args = "directory.import.no-sheet", []any{"Name", name, "Sheets", strings.Join(book.Sheets(), ", ")}
	case errors.Is(err, sheet.ErrNoSheet):
		f.Key, f.Args = "directory.import.xlsx-broken", nil
	}
	return f
}

// newXLSX reads the header of a sheet: its first row that has anything, or a given one.
func newXLSX(in io.Reader, name string, header int) (*xlsxRows, error) {
	at, size, err := readerAt(in)
	if err != nil {
		return nil, err
	}
	book, err := sheet.Open(at, size)
	if err != nil {
		return nil, xlsxFinding(err, nil, name)
	}
	rows, err := book.Rows(name)
	if err != nil {
		return nil, xlsxFinding(err, book, name)
	}
	x := &xlsxRows{rows: rows, size: size}
	for {
		line, cells, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		if err != nil {
			return nil, xlsxFinding(err, book, name)
		}
		if line < header || len(nonEmpty(cells...)) == 0 {
			continue
		}
		x.line = line
		for _, cell := range cells {
			x.names = append(x.names, columnName(cell))
		}
		return x, nil
	}
}

// readerAt gives a file as it is, and anything else from memory.
func readerAt(in io.Reader) (io.ReaderAt, int64, error) {
	if file, ok := in.(interface {
		io.ReaderAt
		io.Seeker
	}); ok {
		size, err := file.Seek(0, io.SeekEnd)
		return file, size, err
	}
	data, err := io.ReadAll(io.LimitReader(in, xlsxMost+1))
	if err != nil {
		return nil, 0, fmt.Errorf("read feed: %w", err)
	}
	if len(data) > xlsxMost {
		return nil, 0, xlsxFinding(sheet.ErrTooLarge, nil, "")
	}
	return bytes.NewReader(data), int64(len(data)), nil
}

func (x *xlsxRows) columns() []string { return x.names }
func (x *xlsxRows) read() int64       { return x.size }

// next gives the next row that has anything under its columns.
func (x *xlsxRows) next() (row, error) {
	for {
		line, cells, err := x.rows.Next()
		if errors.Is(err, io.EOF) {
			return row{}, err
		}
		if err != nil {
			finding := &Finding{}
			if errors.As(xlsxFinding(err, nil, ""), &finding) {
				finding.Line = max(line, x.line)
			}
			if finding.Key == "directory.import.xlsx-broken" {
				finding.Key, finding.Args = "directory.import.broken", []any{"Cause", err.Error()}
			}
			return row{}, finding
		}
		x.line = line
		r := row{line: line, cells: map[string]string{}}
		for i, name := range x.names {
			if i < len(cells) && name != "" && r.cells[name] == "" {
				if value := clean(cells[i]); value != "" {
					r.cells[name] = value
				}
			}
		}
		if len(r.cells) > 0 {
			return r, nil
		}
	}
}
