package web

import (
	"errors"
	"fmt"
	"math"
	"mime/multipart"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"parvis/internal/problem"
)

// Sizes of what is entered, in characters, where the tag does not say.
const (
	textMax   = 2000
	valuesMax = 200
)

// Decode fills dst, a pointer to a struct, from the form that was sent (of a GET: from the query). A field is named by
// its tag, with a limit in characters where 2,000 is not right:
//
//	Name  string   `form:"name,max=100"`
//	Needs []string `form:"need"`
//	Free  bool     `form:"free"`     // 1, on, true, yes
//	Page  int      `form:"page"`
//	Photo *multipart.FileHeader `form:"photo"`
//
// Strings are trimmed, made valid, and freed of control characters (line breaks stay). What cannot be used is an Invalid
// problem with its fields; dst keeps what could. A body over the route's limit is TooLarge.
func (r *Request) Decode(dst any) error {
	form, files, err := r.sent()
	if err != nil {
		return err
	}
	value := reflect.ValueOf(dst)
	if value.Kind() != reflect.Pointer || value.Elem().Kind() != reflect.Struct {
		return problem.Because(problem.Internal, fmt.Errorf("decode into %T: not a pointer to a struct", dst))
	}
	var wrong problem.Fields
	if err := fill(value.Elem(), form, files, &wrong); err != nil {
		return problem.Because(problem.Internal, err)
	}
	return wrong.Err()
}

// sent is what the person entered.
func (r *Request) sent() (url.Values, map[string][]*multipart.FileHeader, error) {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return r.URL.Query(), nil, nil
	}
	var err error
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		err = r.ParseMultipartForm(1 << 20)
	} else {
		err = r.ParseForm()
	}
	if err != nil {
		if large := new(http.MaxBytesError); errors.As(err, &large) {
			return nil, nil, problem.Because(problem.TooLarge, err)
		}
		return nil, nil, problem.Because(problem.Invalid, err)
	}
	if r.MultipartForm != nil {
		return r.PostForm, r.MultipartForm.File, nil
	}
	return r.PostForm, nil, nil
}

// Typed is what was entered in a field, as it was entered, to show it again.
func (r *Request) Typed(name string) string {
	form, _, err := r.sent()
	if err != nil {
		return ""
	}
	return clean(form.Get(name), false)
}

func fill(dst reflect.Value, form url.Values, files map[string][]*multipart.FileHeader, wrong *problem.Fields) error {
	for i := range dst.NumField() {
		field, about := dst.Field(i), dst.Type().Field(i)
		tag, tagged := about.Tag.Lookup("form")
		if about.Anonymous && !tagged && field.Kind() == reflect.Struct {
			if err := fill(field, form, files, wrong); err != nil {
				return err
			}
			continue
		}
		if !tagged || tag == "-" {
			continue
		}
		name, limit, err := readTag(tag)
		if err != nil {
			return fmt.Errorf("field %s: %w", about.Name, err)
		}
		if err := set(field, name, limit, form[name], files[name], wrong); err != nil {
			return fmt.Errorf("field %s: %w", about.Name, err)
		}
	}
	return nil
}

func readTag(tag string) (name string, limit int, err error) {
	name, rest, _ := strings.Cut(tag, ",")
	limit = textMax
	if rest != "" {
		number, ok := strings.CutPrefix(rest, "max=")
		if limit, err = strconv.Atoi(number); !ok || err != nil {
			return "", 0, fmt.Errorf("the tag %q is not NAME,max=N", tag)
		}
	}
	return name, limit, nil
}

func set(field reflect.Value, name string, limit int, values []string, files []*multipart.FileHeader, wrong *problem.Fields) error {
	switch field.Interface().(type) {
	case *multipart.FileHeader:
		if len(files) > 0 && files[0].Size > 0 {
			field.Set(reflect.ValueOf(files[0]))
		}
		return nil
	case []*multipart.FileHeader:
		field.Set(reflect.ValueOf(files))
		return nil
	case []string:
		field.Set(reflect.ValueOf(many(name, limit, values, wrong)))
		return nil
	}
	if len(values) == 0 {
		return setOne(field, name, "", wrong)
	}
	text := clean(values[0], field.Kind() == reflect.String)
	if utf8.RuneCountInString(text) > limit {
		wrong.Add(name, "web.too-long", "N", limit)
		if field.Kind() == reflect.String {
			field.SetString(text)
		}
		return nil
	}
	return setOne(field, name, text, wrong)
}

func many(name string, limit int, values []string, wrong *problem.Fields) []string {
	var all []string
	for _, value := range values {
		if value = clean(value, false); value != "" {
			all = append(all, value)
		}
		if utf8.RuneCountInString(value) > limit || len(all) > valuesMax {
			wrong.Add(name, "web.too-long", "N", limit)
			return nil
		}
	}
	return all
}

func setOne(field reflect.Value, name, text string, wrong *problem.Fields) error {
	switch field.Kind() {
	case reflect.String:
		field.SetString(text)
	case reflect.Bool:
		switch strings.ToLower(text) {
		case "1", "on", "true", "yes":
			field.SetBool(true)
		default:
			field.SetBool(false)
		}
	case reflect.Int, reflect.Int64:
		if text == "" {
			return nil
		}
		n, err := strconv.ParseInt(text, 10, field.Type().Bits())
		if err != nil {
			wrong.Add(name, "web.not-a-number")
			return nil
		}
		field.SetInt(n)
	case reflect.Float64:
		if text == "" {
			return nil
		}
		n, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
			wrong.Add(name, "web.not-a-number")
			return nil
		}
		field.SetFloat(n)
	default:
		return fmt.Errorf("a form cannot fill a %s", field.Type())
	}
	return nil
}

// clean trims a text, makes it valid and drops control characters; line breaks stay where lines is set, as "\n".
func clean(text string, lines bool) string {
	text = strings.ToValidUTF8(text, "")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.Map(func(c rune) rune {
		switch {
		case c == '\n' && lines:
			return c
		case c == '\n' || c == '\r' || c == '\t':
			return ' '
		case unicode.IsControl(c) || c == '\u2028' || c == '\u2029' || c == '\ufeff':
			return -1
		}
		return c
	}, text)
	return strings.TrimSpace(text)
}
