package org

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// document is a YAML file that was read into a struct, with the line of everything in it.
type document struct {
	file   string
	root   *yaml.Node
	faults *Faults
}

// readYAML reads a file of the pack into a struct and notes every fault of form: syntax, unknown fields, wrong types,
// fields given twice. It reports whether the struct can be used.
func readYAML(fsys fs.FS, name string, into any, faults *Faults) (*document, bool) {
	doc := &document{file: name, faults: faults}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		faults.add(name, 0, "it cannot be read: "+reason(err), "a YAML file, as docs/develop/packs.md shows it")
		return doc, false
	}
	before := len(*faults)
	var tree yaml.Node
	if err := yaml.Unmarshal(data, &tree); err != nil {
		doc.form(err, into)
		return doc, false
	}
	if len(tree.Content) == 0 {
		faults.add(name, 1, "it is empty", "the fields that docs/develop/packs.md lists")
		return doc, false
	}
	doc.root = tree.Content[0]
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		doc.form(err, into)
	}
	return doc, len(*faults) == before
}

// fault notes what is wrong at a path of field names and list positions: fault(wrong, right, "holidays", 3, "name").
func (d *document) fault(wrong, right string, path ...any) {
	d.faults.add(d.file, d.line(path...), wrong, right)
}

// line is where a path stands in the file, or the last part of it that is there.
func (d *document) line(path ...any) int {
	node := d.root
	if node == nil {
		return 0
	}
	line := node.Line
	for _, step := range path {
		next := (*yaml.Node)(nil)
		switch step := step.(type) {
		case string:
			for i := 0; i+1 < len(node.Content) && node.Kind == yaml.MappingNode; i += 2 {
				if node.Content[i].Value == step {
					next, line = node.Content[i+1], node.Content[i].Line
				}
			}
		case int:
			if node.Kind == yaml.SequenceNode && step < len(node.Content) {
				next = node.Content[step]
				line = next.Line
			}
		}
		if next == nil {
			return line
		}
		node = next
	}
	return line
}

var (
	syntaxError  = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)
	typeError    = regexp.MustCompile(`(?s)^line (\d+): (.*)$`)
	unknownField = regexp.MustCompile(`^field (\S+) not found in type (\S+)$`)
	wrongType    = regexp.MustCompile("(?s)^cannot unmarshal (\\S+)(?: `(.*)`)? into (\\S+)$")
	givenTwice   = regexp.MustCompile(`^mapping key (".*") already defined at line (\d+)$`)
)

// form turns the library's errors into faults with a line and what would be right.
func (d *document) form(err error, into any) {
	var types *yaml.TypeError
	if !errors.As(err, &types) {
		m := syntaxError.FindStringSubmatch(err.Error())
		if m == nil {
			m = []string{"", "", err.Error()}
		}
		line, _ := strconv.Atoi(m[1])
		d.faults.add(d.file, line, "it is not YAML: "+m[2], "name: value, two spaces deeper for each level, quotes round a value with a colon")
		return
	}
	for _, text := range types.Errors {
		m := typeError.FindStringSubmatch(text)
		if m == nil {
			m = []string{"", "0", text}
		}
		line, _ := strconv.Atoi(m[1])
		wrong, right := explain(m[2], into)
		d.faults.add(d.file, line, wrong, right)
	}
}

// explain says one error of the library in the words of whoever writes packs.
func explain(text string, into any) (wrong, right string) {
	if m := unknownField.FindStringSubmatch(text); m != nil {
		return fmt.Sprintf("unknown field %q", m[1]), oneOf(m[1], fieldsOf(reflect.TypeOf(into), m[2]))
	}
	if m := givenTwice.FindStringSubmatch(text); m != nil {
		return m[1] + " is given twice, first in line " + m[2], "once"
	}
	if m := wrongType.FindStringSubmatch(text); m != nil {
		found := strings.Join(strings.Fields(strings.ToValidUTF8(m[2], "")), " ") // the library cuts between two bytes
		if found == "" {
			found = map[string]string{"!!seq": "a list", "!!map": "several fields", "!!str": "a text"}[m[1]]
		}
		return fmt.Sprintf("%s cannot stand here", found), wanted(m[3])
	}
	return text, "as docs/develop/packs.md shows it"
}

// wanted names a Go type for whoever writes packs.
func wanted(goType string) string {
	switch {
	case strings.HasPrefix(goType, "int"):
		return "a whole number"
	case strings.HasPrefix(goType, "float"):
		return "a number"
	case goType == "bool":
		return "true or false"
	case goType == "string" || goType == "org.Span":
		return "a text"
	case strings.HasPrefix(goType, "[]"):
		return "a list: [one, two]"
	case goType == "i18n.Text":
		return "a text in each language: {fr: ..., en: ...}"
	}
	return "fields with their values: {name: value}"
}

// fieldsOf lists the YAML names of a struct's fields; the struct is found by its name inside t.
func fieldsOf(t reflect.Type, name string) []string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	var names []string
	for i := range t.NumField() {
		field := t.Field(i)
		tag, _, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		if tag == "" {
			tag = strings.ToLower(field.Name)
		}
		if t.String() == name && field.IsExported() && tag != "-" {
			names = append(names, tag)
		}
		if t.String() != name {
			names = append(names, fieldsOf(field.Type, name)...)
		}
	}
	return names
}

// reason is an error of the file system without the path, which the fault already has.
func reason(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such file"
	}
	return err.Error()
}
