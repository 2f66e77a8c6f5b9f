package directory

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Open Referral's Human Services Data Specification 3.1, as its API pages and its tabular package write it. Here are the
// members and columns that are read; both forms become the same objects. Package opendata writes it, docs/develop/standards.md
// tells what it cannot say. Contact persons are not read: nothing of ours may name them.

// hsdsText is a text that publishers also write as a number.
type hsdsText string

// UnmarshalJSON takes a number or a truth value as it is written, and nothing for anything else that is no text.
func (t *hsdsText) UnmarshalJSON(data []byte) error {
	*t = ""
	switch {
	case len(data) == 0 || data[0] == '{' || data[0] == '[' || bytes.Equal(data, []byte("null")):
	case data[0] == '"':
		var text string
		if err := json.Unmarshal(data, &text); err != nil {
			return err
		}
		*t = hsdsText(clean(text))
	default:
		*t = hsdsText(data)
	}
	return nil
}

func (t hsdsText) line() string { return oneLine(string(t)) }

// hsdsList are the members of a list that can be read; none of what is no list.
type hsdsList[T any] []T

// UnmarshalJSON leaves out what is no object.
func (l *hsdsList[T]) UnmarshalJSON(data []byte) error {
	*l = nil
	var all []json.RawMessage
	if json.Unmarshal(data, &all) != nil {
		return nil
	}
	for _, raw := range all {
		var one T
		if bytes.HasPrefix(raw, []byte("{")) && json.Unmarshal(raw, &one) == nil {
			*l = append(*l, one)
		}
	}
	return nil
}

// hsdsWhere is where an object stood.
type hsdsWhere struct {
	file string
	line int
}

type hsdsService struct {
	ID                 hsdsText                 `json:"id"`
	OrganizationID     hsdsText                 `json:"organization_id"`
	Name               hsdsText                 `json:"name"`
	Description        hsdsText                 `json:"description"`
	URL                hsdsText                 `json:"url"`
	Email              hsdsText                 `json:"email"`
	Status             hsdsText                 `json:"status"`
	ApplicationProcess hsdsText                 `json:"application_process"`
	Fees               hsdsText                 `json:"fees_description"`
	Eligibility        hsdsText                 `json:"eligibility_description"`
	MinimumAge         hsdsText                 `json:"minimum_age"`
	MaximumAge         hsdsText                 `json:"maximum_age"`
	Assured            hsdsText                 `json:"assured_date"`
	Alert              hsdsText                 `json:"alert"`
	Phones             hsdsList[hsdsPhone]      `json:"phones"`
	Schedules          hsdsList[hsdsSchedule]   `json:"schedules"`
	At                 hsdsList[hsdsAtLocation] `json:"service_at_locations"`
	Languages          hsdsList[hsdsLanguage]   `json:"languages"`
	Organization       *hsdsOrganization        `json:"organization"`
	Costs              hsdsList[hsdsCost]       `json:"cost_options"`
	Attributes         hsdsList[hsdsAttribute]  `json:"attributes"`
	Documents          hsdsList[hsdsDocument]   `json:"required_documents"`
	where              hsdsWhere
}

type hsdsOrganization struct {
	ID          hsdsText               `json:"id"`
	Name        hsdsText               `json:"name"`
	Description hsdsText               `json:"description"`
	Email       hsdsText               `json:"email"`
	Website     hsdsText               `json:"website"`
	Phones      hsdsList[hsdsPhone]    `json:"phones"`
	Locations   hsdsList[hsdsLocation] `json:"locations"`
	where       hsdsWhere
}

type hsdsLocation struct {
	ID             hsdsText               `json:"id"`
	Type           hsdsText               `json:"location_type"`
	OrganizationID hsdsText               `json:"organization_id"`
	URL            hsdsText               `json:"url"`
	Name           hsdsText               `json:"name"`
	AlternateName  hsdsText               `json:"alternate_name"`
	Description    hsdsText               `json:"description"`
	Transportation hsdsText               `json:"transportation"`
	Latitude       hsdsText               `json:"latitude"`
	Longitude      hsdsText               `json:"longitude"`
	Languages      hsdsList[hsdsLanguage] `json:"languages"`
	Addresses      hsdsList[hsdsAddress]  `json:"addresses"`
	Accessibility  hsdsList[hsdsAccess]   `json:"accessibility"`
	Phones         hsdsList[hsdsPhone]    `json:"phones"`
	Schedules      hsdsList[hsdsSchedule] `json:"schedules"`
	where          hsdsWhere
}

type hsdsAtLocation struct {
	ID          hsdsText               `json:"id"`
	ServiceID   hsdsText               `json:"service_id"`
	LocationID  hsdsText               `json:"location_id"`
	Description hsdsText               `json:"description"`
	Phones      hsdsList[hsdsPhone]    `json:"phones"`
	Schedules   hsdsList[hsdsSchedule] `json:"schedules"`
	Location    *hsdsLocation          `json:"location"`
	Service     *hsdsService           `json:"service"`
	where       hsdsWhere
}

// hsdsLink says what a row of a table belongs to. In the API it stands inside that.
type hsdsLink struct {
	ServiceID      hsdsText `json:"service_id"`
	LocationID     hsdsText `json:"location_id"`
	OrganizationID hsdsText `json:"organization_id"`
	AtLocationID   hsdsText `json:"service_at_location_id"`
	ContactID      hsdsText `json:"contact_id"`
	PhoneID        hsdsText `json:"phone_id"`
}

type hsdsAddress struct {
	hsdsLink
	Address1   hsdsText `json:"address_1"`
	Address2   hsdsText `json:"address_2"`
	City       hsdsText `json:"city"`
	PostalCode hsdsText `json:"postal_code"`
	Type       hsdsText `json:"address_type"`
}

type hsdsPhone struct {
	hsdsLink
	Number      hsdsText `json:"number"`
	Extension   hsdsText `json:"extension"`
	Description hsdsText `json:"description"`
}

type hsdsLanguage struct {
	hsdsLink
	Code hsdsText `json:"code"`
	Name hsdsText `json:"name"`
}

type hsdsAccess struct {
	hsdsLink
	Description hsdsText `json:"description"`
	Details     hsdsText `json:"details"`
	URL         hsdsText `json:"url"`
}

type hsdsCost struct {
	hsdsLink
	Option            hsdsText `json:"option"`
	Currency          hsdsText `json:"currency"`
	Amount            hsdsText `json:"amount"`
	AmountDescription hsdsText `json:"amount_description"`
}

type hsdsDocument struct {
	hsdsLink
	Document hsdsText `json:"document"`
}

type hsdsSchedule struct {
	hsdsLink
	ValidTo     hsdsText `json:"valid_to"`
	Freq        hsdsText `json:"freq"`
	Interval    hsdsText `json:"interval"`
	ByDay       hsdsText `json:"byday"`
	ByMonthDay  hsdsText `json:"bymonthday"`
	ByWeekNo    hsdsText `json:"byweekno"`
	ByYearDay   hsdsText `json:"byyearday"`
	Description hsdsText `json:"description"`
	OpensAt     hsdsText `json:"opens_at"`
	ClosesAt    hsdsText `json:"closes_at"`
}

type hsdsAttribute struct {
	LinkID     hsdsText  `json:"link_id"`
	LinkEntity hsdsText  `json:"link_entity"`
	TermID     hsdsText  `json:"taxonomy_term_id"`
	Term       *hsdsTerm `json:"taxonomy_term"`
	Value      hsdsText  `json:"value"`
}

type hsdsTerm struct {
	ID       hsdsText `json:"id"`
	Code     hsdsText `json:"code"`
	Name     hsdsText `json:"name"`
	Taxonomy hsdsText `json:"taxonomy"`
}

// isHSDS reports whether a JSON feed is HSDS.
func (s shape) isHSDS() bool {
	named := func(list []string) (is bool) {
		for _, name := range list {
			switch name {
			case "nom":
				return false
			case "service_at_locations", "organization_id", "location_type", "contents", "service_id", "location_id":
				return true
			case "name":
				is = true
			}
		}
		return is
	}
	return named(s.members) || named(s.row)
}

// statusEnded are the statuses of a service that is not given now.
var statusEnded = []string{"inactive", "defunct"}

// hsdsNumber is a phone number as publishers write it, some with quotation marks round it.
func hsdsNumber(p hsdsPhone) string { return strings.Trim(p.Number.line(), `"' `) }

// hsdsPhoneOf is a phone number of ours; an extension goes into its note.
func hsdsPhoneOf(p hsdsPhone) Phone {
	note := p.Description.line()
	if p.Extension != "" {
		note = strings.Join(nonEmpty(note, "x"+p.Extension.line()), ", ")
	}
	return Phone{Number: hsdsNumber(p), Note: note}
}
