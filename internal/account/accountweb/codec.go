package accountweb

import (
	"encoding/json"
	"time"

	"parvis/internal/account"
)

// far is the deadline that scs is told: when a session ends is the accounts' business.
var far = time.Date(9999, time.January, 1, 0, 0, 0, 0, time.UTC)

// values carries one visit between scs and the store. Nothing of it is kept in this form.
type values struct{}

// form is a visit on that way.
type form struct {
	Session account.Session
	Account account.Account
}

// Encode writes the visit among a session's values.
func (values) Encode(_ time.Time, all map[string]any) ([]byte, error) {
	v, _ := all[key].(visit)
	return encode(v)
}

// Decode reads it back.
func (values) Decode(b []byte) (time.Time, map[string]any, error) {
	v, err := decode(b)
	return far, map[string]any{key: v}, err
}

func encode(v visit) ([]byte, error) { return json.Marshal(form{v.session, v.account}) }

func decode(b []byte) (visit, error) {
	var f form
	err := json.Unmarshal(b, &f)
	return visit{f.Session, f.Account}, err
}
