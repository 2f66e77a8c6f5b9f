package directory

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"parvis/internal/problem"
)

// A package is several files that belong together: the tables of HSDS with their datapackage.json, or pages of an API as they
// were saved. It comes as a folder or as a zip.

// Limits of a package.
const (
	packageMost  = 1 << 30 // bytes, unpacked
	packageFiles = 2000
)

var errTooMuch = errors.New("the package unpacks to more than is read")

// limited reads until all that is read of a package is more than it may be.
type limited struct {
	r    io.Reader
	left *int64
}

func (l limited) Read(p []byte) (int, error) {
	if *l.left < 0 {
		return 0, errTooMuch
	}
	n, err := l.r.Read(p)
	if *l.left -= int64(n); *l.left < 0 {
		return 0, errTooMuch
	}
	return n, err
}

// openZip reads a zip as a package. A spreadsheet is a zip too: it needs a mapping.
func (d *Directory) openZip(ctx context.Context, r io.Reader, in *bufio.Reader, f Feed) (rows, func(row) draft, error) {
	file := io.Reader(in)
	if _, ok := r.(io.ReaderAt); ok {
		file = r
	}
	at, size, err := readerAt(file)
	if err != nil {
		return nil, nil, feedError(err)
	}
	if entriesOf(at, size) > packageFiles {
		return nil, nil, problem.New(problem.Invalid, "directory.import.package-files", "Most", packageFiles)
	}
	archive, err := zip.NewReader(at, size)
	if err != nil || slices.ContainsFunc(archive.File, func(f *zip.File) bool { return f.Name == "[Content_Types].xml" || strings.HasPrefix(f.Name, "xl/") }) {
		return nil, nil, problem.New(problem.Invalid, "directory.import.xlsx-mapping")
	}
	return d.openPackage(ctx, archive, f)
}

// entriesOf is how many files a zip says that it has, by its end; more than any package where it says it elsewhere.
func entriesOf(at io.ReaderAt, size int64) int {
	tail := make([]byte, min(size, 66<<10))
	if _, err := at.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return 0
	}
	end := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if end < 0 || end+12 > len(tail) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(tail[end+10:]))
}

// files are the files of a package that may be read, in the order of their names.
func files(pack fs.FS) ([]string, error) {
	var all []string
	err := fs.WalkDir(pack, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (strings.HasPrefix(path.Base(name), ".") || path.Base(name) == "__MACOSX" || strings.Count(name, "/") > 2):
			return fs.SkipDir
		case entry.IsDir() || strings.HasPrefix(path.Base(name), "."):
			return nil
		}
		if all = append(all, name); len(all) > packageFiles {
			return problem.New(problem.Invalid, "directory.import.package-files", "Most", packageFiles)
		}
		return nil
	})
	return all, err
}

// openPackage reads a package: the tables of HSDS when it has them, else its JSON files as pages.
func (d *Directory) openPackage(ctx context.Context, pack fs.FS, f Feed) (rows, func(row) draft, error) {
	names, err := files(pack)
	var wrong *problem.Error
	switch {
	case errors.As(err, &wrong):
		return nil, nil, err
	case err != nil:
		return nil, nil, &problem.Error{Kind: problem.Invalid, Key: "directory.import.package-broken", Args: []any{"Cause", err.Error()}, Cause: err}
	}
	if tables := tablesOf(pack, names); len(tables["service"])+len(tables["location"])+len(tables["organization"]) > 0 {
		return d.openTables(pack, tables, f)
	}
	var pages []string
	for _, name := range names {
		if lower := strings.ToLower(name); path.Base(lower) != "datapackage.json" &&
			slices.Contains([]string{".json", ".ndjson", ".jsonl"}, path.Ext(lower)) {
			pages = append(pages, name)
		}
	}
	if len(pages) == 0 {
		return nil, nil, problem.New(problem.Invalid, "directory.import.package-nothing")
	}
	return d.openPages(ctx, pack, pages, f)
}

// tablesOf finds the tables of HSDS among files: by datapackage.json where it names them, else by their names.
func tablesOf(pack fs.FS, names []string) map[string][]string {
	tables := map[string][]string{}
	said := map[string]string{} // by file: its table, as the package describes it
	for _, name := range names {
		if path.Base(name) != "datapackage.json" {
			continue
		}
		for file, table := range resourcesOf(pack, name) {
			said[path.Join(path.Dir(name), file)] = table
		}
	}
	for _, name := range names {
		if !strings.EqualFold(path.Ext(name), ".csv") {
			continue
		}
		table := hsdsTable(said[name])
		if table == "" {
			table = hsdsTable(path.Base(name))
		}
		if table != "" {
			tables[table] = append(tables[table], name)
		}
	}
	return tables
}

// resourcesOf reads which file of a package is which table; nothing when its description cannot be read.
func resourcesOf(pack fs.FS, name string) map[string]string {
	file, err := pack.Open(name)
	if err != nil {
		return nil
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, 1<<20))
	var described struct {
		Resources []struct {
			Name string   `json:"name"`
			Path hsdsText `json:"path"`
		} `json:"resources"`
	}
	if err != nil || json.Unmarshal(data, &described) != nil {
		return nil
	}
	all := map[string]string{}
	for _, one := range described.Resources {
		all[path.Clean(string(one.Path))] = one.Name
	}
	return all
}

// openPages reads JSON files one after another as one feed. What the first one is, all are.
func (d *Directory) openPages(ctx context.Context, pack fs.FS, pages []string, f Feed) (rows, func(row) draft, error) {
	left := int64(packageMost)
	var shapes []shape
	for _, name := range pages {
		head, err := headOf(pack, name)
		if err != nil {
			return nil, nil, &problem.Error{Kind: problem.Invalid, Key: "directory.import.package-broken", Args: []any{"Cause", err.Error()}, Cause: err}
		}
		shapes = append(shapes, shapeOf(head))
	}
	if slices.ContainsFunc(shapes, shape.isInclusion) {
		s := d.inclusion(ctx, f)
		all := &packageRows{pack: pack, left: &left}
		for _, services := range []bool{false, true} { // structures first: services name them
			for i, name := range pages {
				if shapes[i].has("structure_id", "service") == services {
					all.names, all.shapes = append(all.names, name), append(all.shapes, shapes[i])
				}
			}
		}
		return all, s.read, nil
	}
	left = hsdsMost
	h := d.hsds(f)
	for i, name := range pages {
		if !shapes[i].isHSDS() {
			h.feed.reject(hsdsWhere{name, 1}, "", "", "", "directory.import.package-file")
			continue
		}
		if err := h.file(pack, name, &left, func(in io.Reader) error {
			return h.feed.pages(in, shapes[i].paged(), name, &h.ends)
		}); err != nil {
			return nil, nil, err
		}
	}
	return h.rows()
}

// headOf is how a file begins.
func headOf(pack fs.FS, name string) ([]byte, error) {
	file, err := pack.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, 64<<10))
}

// file reads one file of a package, within what may still be read of it.
func (h *hsdsReader) file(pack fs.FS, name string, left *int64, read func(io.Reader) error) error {
	file, err := pack.Open(name)
	if err == nil {
		defer file.Close()
		err = read(limited{file, left})
	}
	h.size = hsdsMost - *left
	var wrong *problem.Error
	switch {
	case *left < 0:
		return problem.New(problem.Invalid, "directory.import.hsds-large", "Most", hsdsMost>>20)
	case err == nil, errors.As(err, &wrong):
		return err
	}
	return &problem.Error{Kind: problem.Invalid, Key: "directory.import.package-broken", Args: []any{"Cause", name + ": " + err.Error()}, Cause: err}
}

// openTables reads the tables of HSDS.
func (d *Directory) openTables(pack fs.FS, tables map[string][]string, f Feed) (rows, func(row) draft, error) {
	left := int64(hsdsMost)
	h := d.hsds(f)
	for _, table := range tablesInOrder {
		for _, name := range tables[table] {
			if err := h.file(pack, name, &left, func(in io.Reader) error { return h.feed.table(in, table, name) }); err != nil {
				return nil, nil, err
			}
		}
	}
	return h.rows()
}

// table reads the rows of a table.
func (h *hsdsFeed) table(r io.Reader, table, file string) error {
	feed, err := newCSV(r, csvForm{want: func(name string) bool {
		return name == "id" || name == "name" || strings.HasSuffix(name, "_id") || name == "description"
	}})
	var finding *Finding
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case errors.As(err, &finding):
		finding.File = file
		h.findings = append(h.findings, *finding)
		return nil
	case err != nil:
		return err
	}
	for {
		one, err := feed.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &finding):
			finding.File = file
			h.findings = append(h.findings, *finding)
		case err != nil:
			return err
		default:
			at := hsdsWhere{file, one.line}
			if err := h.row(table, one.cells, at); err != nil {
				h.reject(at, one.cells["id"], "", one.cells["id"], "directory.import.no-object")
			}
		}
	}
}

// packageRows are the objects of data.inclusion in several files.
type packageRows struct {
	pack   fs.FS
	left   *int64
	names  []string
	shapes []shape
	open   fs.File
	rows   *inclusionRows
}

func (p *packageRows) columns() []string { return nil }
func (p *packageRows) read() int64       { return packageMost - max(*p.left, 0) }

func (p *packageRows) next() (row, error) {
	for {
		if p.rows == nil {
			if len(p.names) == 0 {
				return row{}, io.EOF
			}
			if err := p.begin(); err != nil {
				return row{}, err
			}
			if p.rows == nil {
				continue
			}
		}
		one, err := p.rows.next()
		var finding *Finding
		switch {
		case errors.Is(err, io.EOF):
			if err := p.open.Close(); err != nil {
				return row{}, err
			}
			p.names, p.shapes, p.rows = p.names[1:], p.shapes[1:], nil
			continue
		case errors.As(err, &finding):
			finding.File = p.names[0]
		}
		one.file = p.names[0]
		return one, err
	}
}

// begin opens the next file; one with nothing in it is passed over.
func (p *packageRows) begin() error {
	var err error
	if p.open, err = p.pack.Open(p.names[0]); err != nil {
		return err
	}
	lists, err := newLists(limited{p.open, p.left}, p.shapes[0].paged())
	switch {
	case errors.Is(err, io.EOF):
		p.names, p.shapes = p.names[1:], p.shapes[1:]
		return p.open.Close()
	case err != nil:
		return err
	}
	p.rows = &inclusionRows{lists}
	return nil
}

// inclusion is a reader of data.inclusion.
func (d *Directory) inclusion(ctx context.Context, f Feed) *inclusionReader {
	return &inclusionReader{setting: d.setting, source: f.Source, now: d.Now(), towns: newTowns(d.setting.Towns), words: d.words,
		previous: map[string]int{}, places: map[string]inclusionPlace{}, lookup: func(id string) (inclusionPlace, bool) {
			found, _, err := d.Places(ctx, id)
			if err != nil || len(found) == 0 {
				return inclusionPlace{}, false
			}
			return placeKnown(&found[0]), true
		}}
}

func (d *Directory) openInclusion(ctx context.Context, in io.Reader, s shape, f Feed) (rows, func(row) draft, error) {
	lists, err := newLists(in, s.paged())
	if err != nil {
		return nil, nil, feedError(err)
	}
	return &inclusionRows{lists}, d.inclusion(ctx, f).read, nil
}

// hsds is a reader of HSDS.
func (d *Directory) hsds(f Feed) *hsdsReader {
	return &hsdsReader{feed: newHSDSFeed(), setting: d.setting, source: f.Source, now: d.Now(), towns: newTowns(d.setting.Towns), words: d.words}
}

func (d *Directory) openHSDS(in io.Reader, s shape, f Feed) (rows, func(row) draft, error) {
	h, left := d.hsds(f), int64(hsdsMost)
	err := h.feed.pages(limited{in, &left}, s.paged(), "", &h.ends)
	if h.size = hsdsMost - left; left < 0 {
		return nil, nil, problem.New(problem.Invalid, "directory.import.hsds-large", "Most", hsdsMost>>20)
	}
	if err != nil {
		return nil, nil, feedError(err)
	}
	return h.rows()
}

// rows makes the records and gives them one after another.
func (h *hsdsReader) rows() (rows, func(row) draft, error) {
	h.drafts()
	return &hsdsRows{h}, func(r row) draft { return *r.made }, nil
}
