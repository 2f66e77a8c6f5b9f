package org

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"parvis/internal/geo"
)

// row is one line of a CSV table.
type row struct {
	file    string
	line    int
	columns map[string]int
	record  []string
	faults  *Faults
}

func (r row) get(column string) string {
	if i, ok := r.columns[column]; ok && i < len(r.record) {
		return strings.TrimSpace(r.record[i])
	}
	return ""
}

func (r row) fault(wrong, right string) { r.faults.add(r.file, r.line, wrong, right) }

// point reads the columns lat and lon.
func (r row) point() geo.Point {
	lat, errLat := strconv.ParseFloat(r.get("lat"), 64)
	lon, errLon := strconv.ParseFloat(r.get("lon"), 64)
	p := geo.Point{Lat: lat, Lon: lon}
	if errLat != nil || errLon != nil || !p.Valid() {
		r.fault(fmt.Sprintf("lat %q, lon %q", r.get("lat"), r.get("lon")), "degrees with a point: 43.6463, 0.5855")
	}
	return p
}

// readTable reads a CSV of the pack with a header and calls each with every row. It notes what is wrong with the form.
func readTable(fsys fs.FS, name string, required, optional []string, faults *Faults, each func(row)) {
	file, err := fsys.Open(name)
	if err != nil {
		faults.add(name, 0, reason(err), "a table with the columns "+strings.Join(required, ","))
		return
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.FieldsPerRecord = -1
	header, err := reader.Read()
	if err != nil {
		faults.add(name, 1, "the header cannot be read: "+err.Error(), strings.Join(required, ","))
		return
	}
	columns, ok := headed(name, header, required, optional, faults)
	for ok {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		var form *csv.ParseError
		if errors.As(err, &form) {
			faults.add(name, form.Line, form.Err.Error(), `a value with a comma or a quote stands in quotes, a quote in it twice: "say ""yes"""`)
			return
		}
		if err != nil {
			faults.add(name, 0, err.Error(), "a file that can be read")
			return
		}
		line, _ := reader.FieldPos(0)
		r := row{file: name, line: line, columns: columns, record: record, faults: faults}
		if len(record) != len(header) {
			r.fault(fmt.Sprintf("%d values", len(record)), fmt.Sprintf("%d, one a column", len(header)))
			continue
		}
		each(r)
	}
}

// headed finds the columns; it reports whether all that are required are there.
func headed(name string, header, required, optional []string, faults *Faults) (map[string]int, bool) {
	columns := map[string]int{}
	known := slices.Concat(required, optional)
	for i, column := range header {
		column = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(column, "\ufeff")))
		if !slices.Contains(known, column) {
			faults.add(name, 1, fmt.Sprintf("unknown column %q", column), oneOf(column, known))
		}
		if _, twice := columns[column]; twice {
			faults.add(name, 1, fmt.Sprintf("column %q is there twice", column), "each column once")
		}
		columns[column] = i
	}
	ok := true
	for _, column := range required {
		if _, there := columns[column]; !there {
			faults.add(name, 1, fmt.Sprintf("column %q is missing", column), strings.Join(required, ","))
			ok = false
		}
	}
	return columns, ok
}
