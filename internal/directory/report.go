package directory

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"parvis/internal/i18n"
)

// Finding is something wrong with a row of a feed: where it is, what it says, and, by its message, what would be
// right. It is an error so that a reader of rows can give it.
type Finding struct {
	Line     int    // in the file, from 1
	File     string // which one, of a package of several; empty for a feed that is one file
	Row      string // the row's id, when it has one
	Field    string // the column; empty when the whole row is meant
	Value    string // what it says, shortened
	Key      string // message
	Args     []any  // the message's arguments, name and value in turn
	Rejected bool   // the row stayed out; else it went in without this value, or with what the message says
	ends     bool   // what comes after it in the feed could not be read
}

// Error is for the log.
func (f *Finding) Error() string {
	return strings.TrimPrefix(fmt.Sprintf("%s line %d: %s: %s", f.File, f.Line, f.Field, f.Key), " ")
}

// In is the finding as a sentence in the reader's language.
func (f *Finding) In(p *i18n.Printer) string { return p.T(f.Key, f.Args...) }

// Report tells what became of a feed.
type Report struct {
	ID       string // by which the import can be taken back; empty when it wrote nothing
	Source   string // the register
	Rows     int    // rows that had anything in them
	Added    int    // places, services or organisations that are new
	Changed  int    // that the source says otherwise than last time
	Same     int    // that it says as last time: nothing was written
	Back     int    // that had closed for good and are there again
	Gone     int    // that the source no longer has, when that was asked for
	Rejected int    // rows that stayed out
	Warned   int    // rows that went in with a warning
	Merged   int    // places that were there from another register, and are one with it
	Twins    int    // pairs of records that may be one place, new to the desk
	Findings []Finding
	Beyond   int            // findings that are counted and not listed: beyond findingsKept
	Reasons  map[string]int // findings by message key
	DryRun   bool           // nothing was written: this is what would become of the feed
	Plan     []Planned      // what is new, changed, back or gone, where the feed asks for a list
	Unlisted int            // what of that is not in Plan: beyond findingsKept

	written map[string]bool    // ids of the records that were written
	arrived map[string]bool    // ids of the records that are new or back
	tried   map[string]printed // of a dry run: the organisations that earlier batches would have written, by id
}

// Planned is one record that a feed adds, changes, brings back or ends.
type Planned struct {
	Verb    string // Added, Changed, Back or Gone
	Subject string // SubjectPlace, SubjectService or SubjectOrganisation
	ID      string
	Name    i18n.Text
	Fields  []string // of a change: the columns of the record that differ
}

func (r *Report) plan(all ...Planned) {
	room := min(len(all), findingsKept-len(r.Plan))
	r.Plan = append(r.Plan, all[:room]...)
	r.Unlisted += len(all) - room
}

// findingsKept is how many findings a report lists. All are counted.
const findingsKept = 5000

// In is how many records the feed's rows made: new, changed, same or back.
func (r *Report) In() int { return r.Added + r.Changed + r.Same + r.Back }

// note adds a row's findings.
func (r *Report) note(findings []Finding) {
	rejected := false
	for _, f := range findings {
		rejected = rejected || f.Rejected
		if r.Reasons == nil {
			r.Reasons = map[string]int{}
		}
		r.Reasons[f.Key]++
		if len(r.Findings) < findingsKept {
			r.Findings = append(r.Findings, f)
		} else {
			r.Beyond++
		}
	}
	switch {
	case rejected:
		r.Rejected++
	case len(findings) > 0:
		r.Warned++
	}
}

// Write prints the report in the reader's language: its figures as a table, then each finding on a line.
func (r *Report) Write(w io.Writer, p *i18n.Printer) error {
	var b strings.Builder
	if r.DryRun {
		b.WriteString(p.T("directory.report.dry") + "\n")
	}
	figures := []struct {
		key string
		n   int
	}{
		{"rows", r.Rows}, {"added", r.Added}, {"changed", r.Changed}, {"same", r.Same}, {"back", r.Back},
		{"gone", r.Gone}, {"warned", r.Warned}, {"rejected", r.Rejected},
	}
	wide := 0
	for _, f := range figures {
		wide = max(wide, utf8.RuneCountInString(p.T("directory.report."+f.key)))
	}
	for _, f := range figures {
		label := p.T("directory.report." + f.key)
		fmt.Fprintf(&b, "%s%s  %6s\n", label, strings.Repeat(" ", wide-utf8.RuneCountInString(label)), p.Number(f.n))
	}
	if r.Merged > 0 {
		b.WriteString(p.T("directory.report.merged", "N", r.Merged) + "\n")
	}
	if r.Twins > 0 {
		b.WriteString(p.T("directory.report.twins", "N", r.Twins) + "\n")
	}
	for _, one := range r.Plan {
		b.WriteString(one.line(p) + "\n")
	}
	if r.Unlisted > 0 {
		b.WriteString(p.T("directory.report.beyond", "N", r.Unlisted) + "\n")
	}
	for _, f := range r.Findings {
		b.WriteString(f.line(p) + "\n")
	}
	if r.Beyond > 0 {
		b.WriteString(p.T("directory.report.beyond", "N", r.Beyond) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// line is a record on one line: what becomes of it, what it is called, which fields differ.
func (p Planned) line(in *i18n.Printer) string {
	parts := []string{in.T("directory.report." + p.Verb), p.Name.In(in.Lang()), p.ID}
	if len(p.Fields) > 0 {
		parts = append(parts, strings.Join(p.Fields, ", "))
	}
	return strings.Join(nonEmpty(parts...), " · ")
}

// line is a finding on one line: where, what it says, what would be right.
func (f *Finding) line(p *i18n.Printer) string {
	state := p.T("directory.report.warning")
	if f.Rejected {
		state = p.T("directory.report.left-out")
	}
	where := p.T("directory.report.line", "Line", f.Line)
	if f.File != "" {
		where = f.File + ", " + where
	}
	if f.Row != "" {
		where += " (" + f.Row + ")"
	}
	parts := []string{where, state}
	if f.Field != "" {
		parts = append(parts, f.Field)
	}
	if f.Value != "" {
		parts = append(parts, "“"+f.Value+"”")
	}
	return strings.Join(append(parts, f.In(p)), " · ")
}

// Often is a kind of finding with how often it came.
type Often struct {
	Key string
	N   int
}

// ByReason lists the kinds of findings, the most frequent first.
func (r *Report) ByReason() []Often {
	all := make([]Often, 0, len(r.Reasons))
	for _, key := range slices.Sorted(maps.Keys(r.Reasons)) {
		all = append(all, Often{key, r.Reasons[key]})
	}
	slices.SortStableFunc(all, func(a, b Often) int { return b.N - a.N })
	return all
}
