package opendata

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"parvis/internal/directory"
)

// Columns of a table of places, in their order: for people, in their language, with words instead of codes.
var Columns = []string{"id", "name", "kind", "address", "postcode", "town", "lat", "lon", "phone", "mail", "site", "hours", "services",
	"needs", "fee", "wheelchair", "languages", "source", "checked", "page"}

// Row is a place as a table shows it, in the order of Columns. Latitude and longitude are numbers, or nil; the rest is text.
func (s *Setting) Row(p *directory.Place, services []directory.Service) []any {
	var names, needs, fees []string
	for i := range services {
		names = append(names, s.in(services[i].Name))
		needs = append(needs, s.words(directory.GroupNeed, services[i].Needs)...)
		if fee := services[i].Fee; fee != directory.FeeUnknown && fee != "" {
			fees = append(fees, s.word(directory.GroupFee, fee))
		}
	}
	var phones []string
	for _, phone := range p.Contact.Phones {
		phones = append(phones, phone.Show(s.Country))
	}
	var lat, lon any
	if p.Point != nil && !p.Approximate {
		lat, lon = p.Point.Lat, p.Point.Lon
	}
	checked := ""
	if at := p.Checked(); !at.IsZero() {
		checked = s.day(at)
	}
	return []any{p.ID, s.in(p.Name), s.word(directory.GroupKind, p.Kind), strings.Join(once([]string{p.Address.Street, p.Address.More}), ", "), p.Address.Postcode,
		p.Address.Town, lat, lon, strings.Join(phones, "; "), strings.Join(p.Contact.Mails, "; "), strings.Join(p.Contact.Sites, " "), p.Hours.Given,
		strings.Join(once(names), "; "), strings.Join(once(needs), "; "), strings.Join(once(fees), "; "), s.word(directory.GroupWheelchair, p.Wheelchair),
		strings.Join(p.Languages, ", "), p.Source.Name, checked, s.page(p.ID)}
}

// once gives the texts that say something, each once.
func once(texts []string) []string {
	var kept []string
	seen := map[string]bool{"": true}
	for _, text := range texts {
		if !seen[text] {
			kept, seen[text] = append(kept, text), true
		}
	}
	return kept
}

// Table is a table of places that is being written.
type Table interface {
	Add(row []any) error
	Close() error
}

// NewCSV begins a table as CSV in UTF-8, with the mark by which spreadsheets know it. A text that a spreadsheet would take
// for a formula gets an apostrophe before it.
func NewCSV(w io.Writer, header []string) (Table, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return nil, err
	}
	t := &csvTable{csv.NewWriter(w)}
	return t, t.w.Write(header)
}

type csvTable struct{ w *csv.Writer }

func (t *csvTable) Add(row []any) error {
	cells := make([]string, len(row))
	for i, value := range row {
		switch v := value.(type) {
		case nil:
		case string:
			cells[i] = harmless(v)
		default:
			cells[i] = fmt.Sprint(v)
		}
	}
	return t.w.Write(cells)
}

// harmless is a text that no spreadsheet takes for a formula.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

func (t *csvTable) Close() error {
	t.w.Flush()
	return t.w.Error()
}

// NewXLSX begins a table as a spreadsheet. Rows go to a file beside while it grows; the whole is written to w at the end.
func NewXLSX(w io.Writer, name string, header []string) (Table, error) {
	book := excelize.NewFile()
	if err := book.SetSheetName("Sheet1", sheetName(name)); err != nil {
		return nil, err
	}
	rows, err := book.NewStreamWriter(sheetName(name))
	if err != nil {
		return nil, err
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, err
	}
	if err := rows.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	t := &xlsxTable{w: w, book: book, rows: rows}
	first := make([]any, len(header))
	for i, text := range header {
		first[i] = excelize.Cell{StyleID: bold, Value: text}
	}
	return t, t.Add(first)
}

type xlsxTable struct {
	w    io.Writer
	book *excelize.File
	rows *excelize.StreamWriter
	n    int
}

func (t *xlsxTable) Add(row []any) error {
	t.n++
	for i, value := range row {
		if text, ok := value.(string); ok {
			row[i] = cut(text, excelize.TotalCellChars)
		}
	}
	return t.rows.SetRow(fmt.Sprintf("A%d", t.n), row)
}

func (t *xlsxTable) Close() error {
	defer t.book.Close()
	if err := t.rows.Flush(); err != nil {
		return err
	}
	_, err := t.book.WriteTo(t.w)
	return err
}

// sheetName is a name that a spreadsheet allows for a sheet.
func sheetName(name string) string {
	name = strings.NewReplacer(":", " ", "\\", " ", "/", " ", "?", " ", "*", " ", "[", " ", "]", " ").Replace(name)
	return strings.Trim(cut(name, 31), "' ")
}
