package app

import (
	"archive/tar"
	"bufio"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"

	"parvis/internal/db"
)

// A copy is a compressed tar: the manifest, the store as an SQLite file whatever engine it was on, the pack, the files
// that people handed in. With a recipient it is sealed by age, and only the holder of the key opens it.

// manifestFile is the first entry of a copy.
const manifestFile = "manifest.json"

// manifest says what a copy holds, so that reading it back proves it whole.
type manifest struct {
	Territory string            `json:"territory"`
	Program   string            `json:"program"`
	Made      time.Time         `json:"made"`
	Files     map[string]string `json:"files"` // name, SHA-256 in hexadecimal
}

// Backup writes a copy of a territory to a new file, reads it back, checks every byte and the store inside, and gives the
// copy's size in bytes. It runs beside the program that serves. Recipient is an age public key; empty: not sealed.
func Backup(ctx context.Context, o Options, territory, file, recipient string) (int64, error) {
	o.complete()
	if err := o.known(territory); err != nil {
		return 0, err
	}
	if is, err := there(file); is || err != nil {
		return 0, cmp.Or(err, fmt.Errorf("%s is there already: a copy is never written over anything", file))
	}
	if recipient != "" {
		if _, err := age.ParseX25519Recipient(recipient); err != nil {
			return 0, fmt.Errorf("recipient: %w", err)
		}
	}
	work, err := os.MkdirTemp(filepath.Dir(file), ".parvis-backup-")
	if err != nil {
		return 0, fmt.Errorf("make a folder beside %s: %w", file, err)
	}
	defer os.RemoveAll(work)
	if err := o.copyStore(ctx, territory, filepath.Join(work, storeFile)); err != nil {
		return 0, err
	}
	list, err := o.gather(territory, filepath.Join(work, storeFile))
	if err != nil {
		return 0, err
	}
	out, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, err
	}
	m := manifest{Territory: territory, Program: Version(), Made: o.Clock.Now(), Files: list.sums}
	err = errors.Join(seal(out, recipient, func(w io.Writer) error { return list.write(w, m) }), out.Sync(), out.Close())
	if err != nil {
		return 0, errors.Join(fmt.Errorf("write %s: %w", file, err), os.Remove(file))
	}
	if err := o.readBack(ctx, file, m, recipient != "", filepath.Join(work, "again")); err != nil {
		return 0, fmt.Errorf("the copy %s is not whole: %w", file, err)
	}
	info, err := os.Stat(file)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// copyStore copies the territory's store to an SQLite file, beside whoever serves it.
func (o *Options) copyStore(ctx context.Context, territory, to string) error {
	address, err := o.storeAddress(territory)
	if err != nil {
		return err
	}
	store, err := db.Open(ctx, address, db.Options{Clock: o.Clock, Log: o.Log, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("open the store of %s: %w", territory, err)
	}
	return errors.Join(store.Backup(ctx, to), store.Close())
}

// contents are the files of a copy, by their name in it.
type contents struct {
	names []string
	from  map[string]string
	sums  map[string]string
}

// gather lists what belongs to a territory, with each file's sum.
func (o *Options) gather(territory, store string) (*contents, error) {
	c := &contents{from: map[string]string{}, sums: map[string]string{}}
	if err := c.add(storeFile, store); err != nil {
		return nil, err
	}
	folder := filepath.Join(o.Config.Data, territory)
	for _, part := range []string{packFolder, blobFolder} {
		root := filepath.Join(folder, part)
		err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) && name == root {
				return fs.SkipAll
			}
			if entry != nil && entry.IsDir() && name == filepath.Join(folder, blobFolder, "coming") {
				return fs.SkipDir // files that are still being written belong to nobody yet
			}
			if err != nil || !entry.Type().IsRegular() {
				return err
			}
			inside, err := filepath.Rel(folder, name)
			if err != nil {
				return err
			}
			return c.add(filepath.ToSlash(inside), name)
		})
		if err != nil {
			return nil, fmt.Errorf("list %s: %w", root, err)
		}
	}
	return c, nil
}

func (c *contents) add(name, from string) error {
	sum, err := fileSum(from)
	if err != nil {
		return err
	}
	c.names = append(c.names, name)
	c.from[name], c.sums[name] = from, sum
	return nil
}

func fileSum(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// write makes the tar.
func (c *contents) write(w io.Writer, m manifest) error {
	packed := gzip.NewWriter(w)
	archive := tar.NewWriter(packed)
	head, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	if err := archive.WriteHeader(&tar.Header{Name: manifestFile, Mode: 0o600, Size: int64(len(head)), ModTime: m.Made}); err != nil {
		return err
	}
	if _, err := archive.Write(head); err != nil {
		return err
	}
	for _, name := range c.names {
		if err := addFile(archive, name, c.from[name], m.Made); err != nil {
			return fmt.Errorf("add %s: %w", name, err)
		}
	}
	return errors.Join(archive.Close(), packed.Close())
}

func addFile(archive *tar.Writer, name, from string, made time.Time) error {
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := archive.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: info.Size(), ModTime: made}); err != nil {
		return err
	}
	_, err = io.Copy(archive, f)
	return err
}

// seal writes through age when there is a recipient.
func seal(out io.Writer, recipient string, write func(io.Writer) error) error {
	if recipient == "" {
		return write(out)
	}
	key, err := age.ParseX25519Recipient(recipient)
	if err != nil {
		return fmt.Errorf("recipient: %w", err)
	}
	sealed, err := age.Encrypt(out, key)
	if err != nil {
		return err
	}
	return errors.Join(write(sealed), sealed.Close())
}

// readBack unpacks a copy that was just made and checks it. A sealed one cannot be read without its key: what can be
// checked then is that it begins as age files do.
func (o *Options) readBack(ctx context.Context, file string, want manifest, sealed bool, into string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	if sealed {
		head := make([]byte, len(ageHead))
		if _, err := io.ReadFull(f, head); err != nil || string(head) != ageHead {
			return errors.New("it does not begin as a sealed copy does")
		}
		return nil
	}
	got, err := unpack(f, into)
	if err != nil {
		return err
	}
	if len(got.Files) != len(want.Files) || got.Territory != want.Territory {
		return errors.New("its manifest is another one")
	}
	return o.checkStore(ctx, filepath.Join(into, storeFile))
}

const ageHead = "age-encryption.org/v1"

// unpack reads a copy into a new folder and checks each file against the manifest.
func unpack(r io.Reader, into string) (*manifest, error) {
	packed, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("this is not a copy: %w", err)
	}
	archive := tar.NewReader(packed)
	if err := os.MkdirAll(into, 0o700); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(into)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	m := &manifest{}
	if head, err := archive.Next(); err != nil || head.Name != manifestFile {
		return nil, errors.New("this is not a copy: it has no manifest")
	}
	if err := json.NewDecoder(io.LimitReader(archive, 64<<20)).Decode(m); err != nil {
		return nil, fmt.Errorf("read the manifest: %w", err)
	}
	found := 0
	for {
		head, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		sum, err := extract(root, head.Name, archive)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", head.Name, err)
		}
		if m.Files[head.Name] == "" || m.Files[head.Name] != sum {
			return nil, fmt.Errorf("%s is not what was copied", head.Name)
		}
		found++
	}
	if found != len(m.Files) {
		return nil, fmt.Errorf("%d of its %d files are missing", len(m.Files)-found, len(m.Files))
	}
	return m, nil
}

func extract(root *os.Root, name string, r io.Reader) (string, error) {
	if dir := path.Dir(name); dir != "." {
		if err := root.MkdirAll(dir, 0o700); err != nil {
			return "", err
		}
	}
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, sum), r)
	return hex.EncodeToString(sum.Sum(nil)), errors.Join(err, f.Sync(), f.Close())
}

// checkStore opens a copied store and checks that it holds together.
func (o *Options) checkStore(ctx context.Context, file string) error {
	store, err := db.Open(ctx, "sqlite:"+file, db.Options{Clock: o.Clock, Log: o.Log, ReadOnly: true})
	if err != nil {
		return err
	}
	return errors.Join(store.Check(ctx), store.Close())
}

// Restore brings a territory back from a copy, into a data folder or a database that does not hold it. Identity is the
// file of the age key that opens a sealed copy; empty for one that is not sealed.
func Restore(ctx context.Context, o Options, territory, file, identity string) error {
	o.complete()
	if err := checkID(territory); err != nil {
		return err
	}
	folder := filepath.Join(o.Config.Data, territory)
	if is, err := there(folder); is || err != nil {
		return cmp.Or(err, fmt.Errorf("%s is there already: restore into a data folder that does not hold it, or move it away", folder))
	}
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	plain, err := unseal(f, identity)
	if err != nil {
		return err
	}
	work := folder + restoring
	if err := os.RemoveAll(work); err != nil {
		return err
	}
	m, err := unpack(plain, work)
	if err == nil && m.Territory != territory {
		err = fmt.Errorf("the copy is of %s, not of %s", m.Territory, territory)
	}
	if err == nil {
		err = o.checkStore(ctx, filepath.Join(work, storeFile))
	}
	if err == nil && o.Config.Database.URL != "" {
		err = o.fillDatabase(ctx, territory, filepath.Join(work, storeFile))
	}
	if err != nil {
		return errors.Join(fmt.Errorf("restore %s: %w", territory, err), os.RemoveAll(work))
	}
	return os.Rename(work, folder)
}

func unseal(f io.Reader, identity string) (io.Reader, error) {
	head := bufio.NewReader(f)
	begins, _ := head.Peek(len(ageHead))
	sealed := string(begins) == ageHead
	switch {
	case !sealed && identity == "":
		return head, nil
	case sealed && identity == "":
		return nil, errors.New("the copy is sealed: --identity names the file with the key that opens it")
	case !sealed:
		return nil, errors.New("the copy is not sealed: restore it without --identity")
	}
	key, err := os.ReadFile(identity)
	if err != nil {
		return nil, err
	}
	identities, err := age.ParseIdentities(strings.NewReader(string(key)))
	if err != nil {
		return nil, fmt.Errorf("read the key in %s: %w", identity, err)
	}
	plain, err := age.Decrypt(head, identities...)
	if err != nil {
		return nil, fmt.Errorf("open the sealed copy: %w", err)
	}
	return plain, nil
}

// fillDatabase copies a restored file into the territory's schema, which must be empty, and removes the file.
func (o *Options) fillDatabase(ctx context.Context, territory, file string) error {
	if err := o.transfer(ctx, "sqlite:"+file, territory); err != nil {
		return err
	}
	return os.Remove(file)
}

// transfer copies a store into the one that the settings name for a territory.
func (o *Options) transfer(ctx context.Context, from, territory string) (err error) {
	to, err := o.storeAddress(territory)
	if err != nil {
		return err
	}
	return copyStores(ctx, from, to, db.Options{Clock: o.Clock, Log: o.Log})
}

// copyStores fills an empty store from another one.
func copyStores(ctx context.Context, from, to string, options db.Options) (err error) {
	source, err := db.Open(ctx, from, options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	target, err := db.Open(ctx, to, options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	if err := errors.Join(source.Migrate(ctx), target.Migrate(ctx)); err != nil {
		return err
	}
	return db.Copy(ctx, source, target)
}
