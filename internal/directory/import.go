package directory

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"parvis/internal/directory/mapping"
	"parvis/internal/id"
	"parvis/internal/problem"
)

// Feed says how a feed is read.
type Feed struct {
	Source     string         // the register, for rows that name none; "import" when empty
	By         string         // the account that reads it in; empty for the program
	EndMissing bool           // what its sources no longer have has closed for good; else it stays
	Progress   func(Progress) // told after each batch; may be nil
	// Mapping says how the feed is read; nil: it is one of the forms that are known by themselves.
	Mapping *mapping.Mapping
	// Fewer lets EndMissing end more than a third of a source's records: else it stops, ends nothing and says so.
	Fewer bool
	Ask   bool // records that are surely one place wait for a person, too
	List  bool // the report lists what is new, changed, back or gone
	// Folder is a package of several files that is read instead of a stream; nil: there is none. A zip of them may come as the
	// stream itself.
	Folder  fs.FS
	lasting bool // it is not kept so that it could be taken back: a territory's first places
	// DryRun reads the feed and tells what would become of each row; nothing is written.
	DryRun bool
}

// Progress tells how far the reading of a feed is.
type Progress struct {
	Rows     int   // rows read
	Bytes    int64 // bytes read
	Added    int
	Changed  int
	Same     int
	Rejected int
}

// batch is how many rows go into one transaction.
const batch = 200

// Import reads a feed: the French national standard as CSV (1.0.2 or older) or JSON, data.inclusion v1 or HSDS 3.1 as JSON, a
// package of these (a folder or a zip), or one of the directory's own tables, told apart by what they begin with. Rows that are right go in; each that is not is in the report, with what
// would be right. Reading the same feed again changes nothing. When ctx ends, what was read so far is in.
//
// An error of kind Invalid says that the feed is none of these; its message tells the person.
func (d *Directory) Import(ctx context.Context, r io.Reader, f Feed) (*Report, error) {
	report := &Report{DryRun: f.DryRun}
	if !f.DryRun && !f.lasting {
		report.ID = id.New()
	}
	err := d.importFeed(ctx, r, f, report)
	err = errors.Join(err, d.findTwins(context.WithoutCancel(ctx), f, report))
	if report.ID != "" {
		err = errors.Join(err, d.told(ctx, report))
	}
	return report, err
}

func (d *Directory) importFeed(ctx context.Context, r io.Reader, f Feed, report *Report) error {
	if f.Source == "" && f.Mapping != nil {
		f.Source = f.Mapping.Register
	}
	if f.Source == "" {
		f.Source = "import"
	}
	report.Source = f.Source
	feed, read, err := d.open(ctx, r, f, report)
	if err != nil {
		return err
	}
	seen := seen{}
	drafts := make([]draft, 0, batch)
	for {
		one, err := feed.next()
		var finding *Finding
		switch {
		case errors.Is(err, io.EOF):
			if err := d.keepAll(ctx, f, drafts, report, feed); err != nil {
				return err
			}
			if m, mapped := feed.(*mappedRows); mapped {
				m.unmet(report)
			}
			return d.endMissing(ctx, f, seen, report)
		case errors.As(err, &finding):
			report.Rows++
			report.note([]Finding{*finding})
			if finding.ends {
				f.EndMissing = false // what comes after is not known to be gone
			}
			if finding.Row != "" && one.cells != nil {
				seen.note(read(one))
			}
			continue
		case err != nil:
			return fmt.Errorf("read feed: %w", err)
		}
		report.Rows++
		next := read(one)
		seen.note(next)
		if drafts = append(drafts, next); len(drafts) == batch {
			if err := d.keepAll(ctx, f, drafts, report, feed); err != nil {
				return err
			}
			drafts = drafts[:0]
		}
	}
}

// keepAll writes a batch and tells how far the reading is.
func (d *Directory) keepAll(ctx context.Context, f Feed, drafts []draft, report *Report, feed rows) error {
	if err := d.keep(ctx, f, drafts, report); err != nil {
		return fmt.Errorf("import lines up to row %d: %w", report.Rows, err)
	}
	if f.Progress != nil {
		f.Progress(Progress{Rows: report.Rows, Bytes: feed.read(), Added: report.Added, Changed: report.Changed,
			Same: report.Same, Rejected: report.Rejected})
	}
	return nil
}

// open finds out what a feed is and gives its rows with what turns them into records.
func (d *Directory) open(ctx context.Context, r io.Reader, f Feed, report *Report) (rows, func(row) draft, error) {
	if f.Folder != nil {
		return d.openPackage(ctx, f.Folder, f)
	}
	in := bufio.NewReaderSize(r, 64<<10)
	head, err := in.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, nil, fmt.Errorf("read feed: %w", err)
	}
	begins := bytes.TrimLeft(bytes.ReplaceAll(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), []byte{0}, nil), " \t\r\n\xff\xfe")
	if len(begins) == 0 {
		return nil, nil, problem.New(problem.Invalid, "directory.import.nothing")
	}
	standard := &standardReader{setting: d.setting, source: f.Source, now: d.Now(), towns: newTowns(d.setting.Towns),
		service: d.words.text("directory.import.service"), previous: map[string]int{}}
	table := &tableReader{setting: d.setting, source: f.Source, now: d.Now(), previous: map[string]int{}}
	if f.Mapping != nil {
		return openMapped(r, in, f.Mapping, head, begins, standard, table)
	}
	if isSpreadsheet(head) {
		return d.openZip(ctx, r, in, f)
	}
	if begins[0] == '[' || begins[0] == '{' {
		more, _ := in.Peek(in.Size())
		switch s := shapeOf(more); {
		case s.isInclusion():
			return d.openInclusion(ctx, in, s, f)
		case s.isHSDS():
			return d.openHSDS(in, s, f)
		}
		feed, err := newJSON(in, false, nil)
		if err != nil {
			return nil, nil, feedError(err)
		}
		return feed, standard.read, nil
	}
	feed, err := newCSV(in, csvForm{want: func(name string) bool {
		_, of := standardColumn(name)
		return of || tableColumn(placeColumns, name) || tableColumn(serviceColumns, name)
	}})
	if err != nil {
		return nil, nil, feedError(err)
	}
	has := func(names ...string) bool {
		return !slices.ContainsFunc(names, func(n string) bool { return !slices.Contains(feed.names, n) })
	}
	ofStandard := func(name string) bool { _, ok := standardColumn(name); return ok }
	switch {
	case has("id", "nom"):
		report.columns(feed, ofStandard)
		return feed, standard.read, nil
	case has("id", "place", "name"):
		report.columns(feed, func(name string) bool { return tableColumn(serviceColumns, name) })
		return feed, table.readService, nil
	case has("id", "name"):
		report.columns(feed, func(name string) bool { return tableColumn(placeColumns, name) })
		return feed, table.readPlace, nil
	}
	return nil, nil, problem.New(problem.Invalid, "directory.import.columns", "Columns", strings.Join(nonEmpty(feed.names...), ", "))
}

// columns lists the columns that are not read. They are told once, at the header's line, and reject nothing.
func (r *Report) columns(feed *csvRows, known func(string) bool) {
	for _, name := range feed.names {
		if name == "" || known(name) {
			continue
		}
		if _, older := standardAliases[name]; older {
			continue
		}
		f := Finding{Line: feed.header, Field: name, Key: "directory.import.column"}
		r.Findings = append(r.Findings, f)
		if r.Reasons == nil {
			r.Reasons = map[string]int{}
		}
		r.Reasons[f.Key]++
	}
}

// feedError is the error of a feed that cannot be begun.
func feedError(err error) error {
	var finding *Finding
	switch {
	case errors.As(err, &finding):
		return &problem.Error{Kind: problem.Invalid, Key: finding.Key, Args: finding.Args, Cause: err}
	case errors.Is(err, io.EOF):
		return problem.New(problem.Invalid, "directory.import.nothing")
	}
	return fmt.Errorf("read feed: %w", err)
}

// ImportOrganisations takes over organisations that another part of the house keeps, as a feed: what is new or says
// otherwise is written, what is the same is not.
func (d *Directory) ImportOrganisations(ctx context.Context, organisations []Organisation, f Feed) (*Report, error) {
	if f.Source == "" {
		f.Source = "import"
	}
	report := &Report{Source: f.Source}
	t := &tableReader{setting: d.setting, source: f.Source, now: d.Now(), previous: map[string]int{}}
	for i := range organisations {
		o := organisations[i]
		if o.Source.Name == "" {
			o.Source.Name = f.Source
		}
		if o.Source.ID == "" {
			o.Source.ID = o.ID
		}
		one := t.begin(row{line: i + 1, cells: map[string]string{"id": o.ID}})
		one.organisation = &o
		report.Rows++
		t.cleaned(&one, o.Clean(d.setting.Country))
		if err := d.keep(ctx, f, []draft{one}, report); err != nil {
			return report, fmt.Errorf("import organisation %s: %w", o.ID, err)
		}
	}
	return report, nil
}
