package blob

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
	"time"
	"unicode"

	"parvis/internal/db"
	"parvis/internal/problem"
)

// waits is how long a file may belong to nothing: somebody fills in a form.
const waits = 24 * time.Hour

// File is what is known about a kept file.
type File struct {
	Kept
	Media     string // media type, found by looking at the first bytes
	Filename  string // as it was handed in, freed of folders and control characters
	Subject   string // what sort of thing it belongs to; empty until it is attached
	SubjectID string
	Created   db.Time
	Expires   db.Time // when it is removed if it still belongs to nothing; zero once attached
}

// Files are the files of one territory: their bytes in a store, and what is known about them in the database.
type Files struct {
	db    *db.DB
	store Store
}

// NewFiles joins a database and a store.
func NewFiles(d *db.DB, store Store) *Files { return &Files{db: d, store: store} }

// Put keeps what r gives, up to limit bytes. The file belongs to nothing until Attach, and is removed after a day.
func (f *Files) Put(ctx context.Context, r io.Reader, limit int64, filename string) (File, error) {
	first := make([]byte, 512) // what DetectContentType looks at
	n, err := io.ReadFull(r, first)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return File{}, fmt.Errorf("keep a file: %w", err)
	}
	first = first[:n]
	kept, err := f.store.Put(ctx, io.MultiReader(bytes.NewReader(first), r), limit)
	if err != nil {
		return File{}, err
	}
	file := File{Kept: kept, Media: http.DetectContentType(first), Filename: cleanName(filename)}
	err = f.db.Write(ctx, func(tx *db.Tx) error {
		file.Created, file.Expires = tx.Now(), db.At(tx.Now().Add(waits))
		_, err := tx.Exec(`INSERT INTO blob (id, hash, size, media, name, subject, subject_id, created, expires)
			VALUES ($1, $2, $3, $4, $5, '', '', $6, $7)`, file.Name, file.SHA256, file.Size, file.Media, file.Filename, file.Created, file.Expires)
		return err
	})
	if err != nil {
		_ = f.store.Remove(context.WithoutCancel(ctx), kept.Name) // Sweep finds it if this fails too
		return File{}, fmt.Errorf("keep file %s: %w", kept.Name, err)
	}
	return file, nil
}

// nameLength is how many characters of a file name are kept.
const nameLength = 150

// cleanName is a file name without folders, control characters, or what reads backwards.
func cleanName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if name = strings.Trim(name, ". /"); name == "" {
		return "file"
	}
	if r := []rune(name); len(r) > nameLength {
		ext := []rune(path.Ext(name))
		ext = ext[:min(len(ext), 10)]
		name = string(r[:nameLength-len(ext)]) + string(ext)
	}
	return name
}

// Attach gives a file to the thing that it belongs to. It is problem.NotFound when there is no such file, or when it
// belongs to something else.
func Attach(tx *db.Tx, name, subject, subjectID string) error {
	n, err := tx.Exec(`UPDATE blob SET subject = $1, subject_id = $2, expires = NULL
		WHERE id = $3 AND (subject = '' OR (subject = $1 AND subject_id = $2))`, subject, subjectID, name)
	if err == nil && n == 0 {
		err = problem.Because(problem.NotFound, fmt.Errorf("file %s to attach to %s %s", name, subject, subjectID))
	}
	return err
}

const columns = `id, hash, size, media, name, subject, subject_id, created, expires`

func scan(r *db.Rows) (File, error) {
	var f File
	return f, r.Scan(&f.Name, &f.SHA256, &f.Size, &f.Media, &f.Filename, &f.Subject, &f.SubjectID, &f.Created, &f.Expires)
}

// Of gives the files that belong to a thing, in the order in which they came.
func Of(tx *db.Tx, subject, subjectID string) ([]File, error) {
	rows, err := tx.Query(`SELECT `+columns+` FROM blob WHERE subject = $1 AND subject_id = $2 ORDER BY created, id`, subject, subjectID)
	return db.Collect(rows, err, scan)
}

// Get gives what is known about a file.
func Get(tx *db.Tx, name string) (File, error) {
	rows, err := tx.Query(`SELECT `+columns+` FROM blob WHERE id = $1`, name)
	all, err := db.Collect(rows, err, scan)
	if err != nil {
		return File{}, err
	}
	if len(all) == 0 {
		return File{}, problem.Because(problem.NotFound, fmt.Errorf("file %s", name))
	}
	return all[0], nil
}

// Open gives a file and its bytes. Read to the end, they are checked: ErrChanged when they are not what was kept. Whether
// the person may see it is asked before.
func (f *Files) Open(ctx context.Context, name string) (File, io.ReadCloser, error) {
	var file File
	err := f.db.Read(ctx, func(tx *db.Tx) (err error) { file, err = Get(tx, name); return err })
	if err != nil {
		return File{}, nil, err
	}
	r, err := f.store.Open(ctx, name)
	if err != nil {
		return File{}, nil, err
	}
	return file, Verify(r, file.Kept), nil
}

// Remove forgets a file in a transaction; its bytes go once that has committed.
func (f *Files) Remove(tx *db.Tx, name string) error {
	n, err := tx.Exec(`DELETE FROM blob WHERE id = $1`, name)
	if err != nil {
		return err
	}
	if n == 0 {
		return problem.Because(problem.NotFound, fmt.Errorf("file %s", name))
	}
	tx.AfterCommit(func() { _ = f.store.Remove(context.Background(), name) }) // Sweep finds it if this fails
	return nil
}
