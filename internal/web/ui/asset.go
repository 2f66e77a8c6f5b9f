package ui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"

	"parvis/assets"
)

// Asset is one file for the browser. Its address holds its content's hash, so it may be kept for ever.
type Asset struct {
	Path string // "/assets/parvis-1a2b3c4d5e.css"
	Type string
	Body []byte
	Gzip func() []byte // compressed when first asked for; nil where that does not pay
}

// assetTypes are the kinds of file that are served, with their type.
var assetTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".png": "image/png", ".json": "application/json", ".woff2": "font/woff2",
}

type assetSet struct {
	byFile map[string]*Asset // "css/parvis.css"
	byPath map[string]*Asset // "/assets/..."
}

var allAssets = sync.OnceValue(func() assetSet {
	set := assetSet{map[string]*Asset{}, map[string]*Asset{}}
	err := fs.WalkDir(assets.Files, ".", func(file string, entry fs.DirEntry, err error) error {
		kind := assetTypes[path.Ext(file)]
		if err != nil || entry.IsDir() || kind == "" || strings.HasPrefix(file, "icons/") {
			return err
		}
		body, err := assets.Files.ReadFile(file)
		if err != nil {
			return err
		}
		if strings.HasPrefix(file, "css/") && path.Ext(file) == ".css" {
			body = squeeze(body)
		}
		if strings.HasPrefix(file, "js/") {
			body = scriptIdle.ReplaceAll(body, nil)
		}
		asset := NewAsset("/assets/"+strings.TrimSuffix(path.Base(file), path.Ext(file)), path.Ext(file), body)
		set.byFile[file], set.byPath[asset.Path] = asset, asset
		return nil
	})
	if err != nil {
		panic(fmt.Sprintf("read the embedded assets: %v", err))
	}
	return set
})

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssSpaces  = regexp.MustCompile(`\s+`)
	cssAround  = regexp.MustCompile(` ?([{};,]) ?`)
	// scriptIdle is what a script of ours does not need: lines that are comments, and how lines are set in. None of them
	// has a text that goes over several lines.
	scriptIdle = regexp.MustCompile(`(?m)^[ \t]*(?://.*\n)?`)
)

// squeeze takes comments and idle spaces out of a style sheet of ours, which has no text that they could stand in.
func squeeze(sheet []byte) []byte {
	sheet = cssSpaces.ReplaceAll(cssComment.ReplaceAll(sheet, nil), []byte(" "))
	return bytes.ReplaceAll(cssAround.ReplaceAll(sheet, []byte("$1")), []byte(";}"), []byte("}"))
}

// NewAsset makes a file for the browser from its content: "/theme" and ".css" give "/theme-HASH.css".
func NewAsset(stem, extension string, body []byte) *Asset {
	sum := sha256.Sum256(body)
	return &Asset{
		Path: stem + "-" + hex.EncodeToString(sum[:5]) + extension, Type: assetTypes[extension], Body: body,
		Gzip: sync.OnceValue(func() []byte { return zipped(body) }),
	}
}

// zipped is a text compressed; nil where that does not pay.
func zipped(body []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = w.Write(body)
	_ = w.Close()
	if b.Len() >= len(body)-32 {
		return nil
	}
	return b.Bytes()
}

// AssetPath is the address of an embedded file ("css/parvis.css"). A name that is not there is a fault of the program.
func AssetPath(file string) string {
	asset := allAssets().byFile[file]
	if asset == nil {
		panic("asset " + file + ": no such file in assets")
	}
	return asset.Path
}

// FindAsset gives the file at an address, nil when there is none.
func FindAsset(address string) *Asset { return allAssets().byPath[address] }
