package directory

import (
	"slices"
	"strings"
)

// Group is one of the directory's vocabularies. Its codes are in records, addresses and files; its words are in the
// message catalogues.
type Group string

// The vocabularies.
const (
	GroupNeed       Group = "need"       // what a person needs help with
	GroupAudience   Group = "audience"   // whom a service is meant for
	GroupWay        Group = "way"        // the door: how the help reaches the person
	GroupEntry      Group = "entry"      // how one gets in
	GroupFee        Group = "fee"        // what it costs
	GroupWheelchair Group = "wheelchair" // whether a wheelchair gets in
	GroupEquipment  Group = "equipment"  // what can be used there
	GroupKind       Group = "kind"       // what kind of place it is
	GroupRemark     Group = "remark"     // what is wrong with a record
)

// Codes of the small vocabularies that rules speak of.
const (
	WayOnline, WayCounter, WayNearHome, WayHome, WayPhone = "online", "counter", "near-home", "home", "phone"

	EntryWalkIn, EntryAppointment, EntryReferral = "walk-in", "appointment", "referral"

	FeeFree, FeeConditional, FeePaid, FeeUnknown = "free", "conditional", "paid", "unknown"

	WheelchairYes, WheelchairPartly, WheelchairNo, WheelchairUnknown = "yes", "partly", "no", "unknown"

	AudienceEveryone = "everyone"

	KindServicePoint = "service-point" // what a place is when nobody said
)

// vocabularies holds each group's codes in the order in which they are shown.
var vocabularies = map[Group][]string{
	GroupNeed: {
		"digital-first-steps", "digital-everyday", "online-forms", "internet-access", "computer-access",
		"digital-skills-work", "digital-culture", "parental-digital", "buy-device",
		"e-identity", "digital-signature", "online-payment",
		"civil-status", "residence", "marriage", "land", "tax", "transport",
		"social-rights", "social-insurance", "merit-benefits", "money", "debt",
		"health-insurance", "health", "disability", "elder-care", "home-help", "meals", "nursing-home",
		"housing", "energy-bills", "food", "clothing",
		"job", "training", "business-creation",
		"childcare", "school", "youth", "family", "violence", "legal-help", "migration-language",
		"volunteering", "culture-sport", "environment", "waste", "repair-reuse", "solidarity-shop", "social-coop",
		"responsible-purchasing", "complaints",
	},
	GroupAudience: {
		AudienceEveryone, "adults", "young", "older", "families", "women", "disabled", "literacy", "job-seekers",
		"migrants", "minorities", "low-income", "merit", "entrepreneurs", "carers",
	},
	GroupWay:        {WayOnline, WayCounter, WayNearHome, WayHome, WayPhone},
	GroupEntry:      {EntryWalkIn, EntryAppointment, EntryReferral},
	GroupFee:        {FeeFree, FeeConditional, FeePaid, FeeUnknown},
	GroupWheelchair: {WheelchairYes, WheelchairPartly, WheelchairNo, WheelchairUnknown},
	GroupEquipment: {
		"computer", "connection", "wifi", "tablet", "printer", "scanner", "kiosk", "video-room", "hearing-loop",
		"digital-signature-desk",
	},
	GroupKind: {
		"town-hall", "service-centre", KindServicePoint, "library", "community-hall", "social-centre", "association",
		"school", "health-centre", "post", "cooperative", "shop", "nursing-home", "canteen",
		"neighbourhood-committee", "warm-house", "online", "phone-line", "mobile-stand",
	},
	GroupRemark: {"hours", "phone", "address", "services", "access", "closed", "other"},
}

// socialEconomy is what the social-economy directory shows: places of these kinds, or with a service for these needs.
var (
	socialEconomyKinds = []string{"cooperative", "shop", "association"}
	socialEconomyNeeds = []string{"repair-reuse", "solidarity-shop", "social-coop", "responsible-purchasing",
		"environment", "waste", "volunteering", "business-creation"}
)

// Codes gives a group's codes in the order in which they are shown. The caller may change the answer.
func Codes(g Group) []string { return slices.Clone(vocabularies[g]) }

// Known reports whether code is one of the group's.
func Known(g Group, code string) bool { return slices.Contains(vocabularies[g], code) }

// coded is a code of the group as the vocabulary has it: the same text for all records.
func coded(g Group, code string) string {
	if i := slices.Index(vocabularies[g], code); i >= 0 {
		return vocabularies[g][i]
	}
	return strings.Clone(code)
}

// Key is the message key of a code's words: "directory.need.housing".
func Key(g Group, code string) string { return "directory." + string(g) + "." + code }

// SocialEconomyKinds are the kinds of place that the social-economy directory shows.
func SocialEconomyKinds() []string { return slices.Clone(socialEconomyKinds) }

// SocialEconomyNeeds are the needs that the social-economy directory shows.
func SocialEconomyNeeds() []string { return slices.Clone(socialEconomyNeeds) }

// social reports whether a place of a kind, with services for needs, is part of the social economy.
func social(kind string, needs []string) bool {
	return slices.Contains(socialEconomyKinds, kind) ||
		slices.ContainsFunc(needs, func(need string) bool { return slices.Contains(socialEconomyNeeds, need) })
}

// inOrder gives the group's codes that are in given, each once, in the order in which they are shown. Unknown codes
// are left out: the caller has checked.
func inOrder(g Group, given []string) []string {
	if len(given) < 2 {
		return given
	}
	kept := make([]string, 0, len(given))
	for _, code := range vocabularies[g] {
		if slices.Contains(given, code) {
			kept = append(kept, code)
		}
	}
	return kept
}
