package directory

import (
	"encoding/json"

	"parvis/internal/db"
	"parvis/internal/event"
)

// What can happen to the directory: the kinds of its events. The subject is "place", "service", "organisation",
// "closure" or "remark"; the data names the place, or the organisation, whose pages are touched.
const (
	Added     = "directory.added"
	Changed   = "directory.changed"
	Confirmed = "directory.confirmed"
	Gone      = "directory.gone"
	Back      = "directory.back"
	Made      = "directory.remark-made"
	Settled   = "directory.remark-settled"
	Erased    = "directory.remark-erased"
)

// The subjects of the directory's events.
const (
	SubjectOrganisation = "organisation"
	SubjectPlace        = "place"
	SubjectService      = "service"
	SubjectClosure      = "closure"
	SubjectRemark       = "remark"
)

// eventData is an event's data: ids only.
type eventData struct {
	Place        string `json:"place,omitempty"`
	Organisation string `json:"organisation,omitempty"`
}

// happened appends an event to the transaction that changes the record.
func happened(tx *db.Tx, kind, subject, id, by string, data eventData) error {
	text, err := json.Marshal(data)
	if err != nil {
		return err
	}
	return event.Append(tx, event.Event{
		Kind: kind, Subject: subject, SubjectID: id, Actor: by, Happened: tx.Now(), Data: string(text),
	})
}

// touches reads which place, or whose places, an event is about.
func touches(e event.Event) (data eventData) {
	if e.Data != "" {
		_ = json.Unmarshal([]byte(e.Data), &data) // written above; of a stranger's event nothing is touched
	}
	switch e.Subject {
	case SubjectPlace:
		data.Place = e.SubjectID
	case SubjectOrganisation:
		data.Organisation = e.SubjectID
	}
	return data
}
