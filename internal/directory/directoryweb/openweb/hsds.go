package openweb

import (
	"context"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"parvis/internal/directory"
	"parvis/internal/directory/opendata"
)

// The reading endpoints of HSDS 3.1. Pages are numbered from 1.

// HSDSPaging says which page of a list is asked for.
type HSDSPaging struct {
	Page    int `query:"page" minimum:"1" maximum:"1000000" default:"1"`
	PerPage int `query:"per_page" minimum:"1" maximum:"500" default:"50"`
}

type hsdsServicesInput struct {
	HSDSPaging
	ModifiedAfter  string `query:"modified_after" doc:"Only what changed later: a day or an instant." example:"2026-05-31"`
	OrganizationID string `query:"organization_id" doc:"Only services of this organisation."`
	TaxonomyTermID string `query:"taxonomy_term_id" doc:"Only services under this term of the taxonomy of needs."`
	Full           bool   `query:"full" doc:"With the place, the organisation and the terms nested."`
}

type hsdsOrganizationsInput struct {
	HSDSPaging
	ModifiedAfter string `query:"modified_after" doc:"Only what changed later." example:"2026-05-31"`
}

// HSDSPage is a page of a list.
type HSDSPage[T any] struct {
	TotalItems int  `json:"total_items"`
	TotalPages int  `json:"total_pages"`
	PageNumber int  `json:"page_number"`
	Size       int  `json:"size" doc:"How many are on this page."`
	FirstPage  bool `json:"first_page"`
	LastPage   bool `json:"last_page"`
	Empty      bool `json:"empty"`
	Contents   []T  `json:"contents"`
}

func hsdsPageOf[T any](in HSDSPaging, total int, contents []T) HSDSPage[T] {
	pages := pagesOf(total, in.PerPage)
	return HSDSPage[T]{TotalItems: total, TotalPages: pages, PageNumber: in.Page, Size: len(contents), FirstPage: in.Page == 1,
		LastPage: in.Page >= pages, Empty: len(contents) == 0, Contents: contents}
}

type (
	hsdsRootOutput struct {
		Body struct {
			Version    string `json:"version"`
			Profile    string `json:"profile"`
			OpenapiURL string `json:"openapi_url"`
		}
	}
	hsdsServicesOutput struct {
		Body HSDSPage[opendata.HSDSService]
	}
	hsdsServiceOutput       struct{ Body opendata.HSDSService }
	hsdsOrganizationsOutput struct {
		Body HSDSPage[opendata.HSDSOrganization]
	}
	hsdsOrganizationOutput struct{ Body opendata.HSDSOrganization }
	hsdsLocatedOutput      struct {
		Body HSDSPage[opendata.HSDSServiceAtLocation]
	}
	hsdsLocatedOneOutput struct {
		Body opendata.HSDSServiceAtLocation
	}
	hsdsTaxonomiesOutput struct {
		Body HSDSPage[opendata.HSDSTaxonomy]
	}
	hsdsTaxonomyOutput struct{ Body opendata.HSDSTaxonomy }
	hsdsTermsOutput    struct {
		Body HSDSPage[opendata.HSDSTerm]
	}
	hsdsTermOutput struct{ Body opendata.HSDSTerm }
)

func (room *Room) hsds() {
	const tag, base = "HSDS 3.1", "/api/hsds"
	get(room, base, "hsds", tag, "What this is", "", room.hsdsRoot)
	get(room, base+"/services", "hsds-services", tag, "Services", "Services that ended are among them, as defunct.", room.hsdsServices)
	get(room, base+"/services/{id}", "hsds-service", tag, "One service, fully nested", "", room.hsdsService)
	get(room, base+"/organizations", "hsds-organizations", tag, "Organisations", "", room.hsdsOrganizations)
	get(room, base+"/organizations/{id}", "hsds-organization", tag, "One organisation", "", room.hsdsOrganization)
	get(room, base+"/service_at_locations", "hsds-located", tag, "Services at their places", "", room.hsdsLocated)
	get(room, base+"/service_at_locations/{id}", "hsds-located-one", tag, "One service at its place", "", room.hsdsLocatedOne)
	get(room, base+"/taxonomies", "hsds-taxonomies", tag, "The vocabularies", "", room.hsdsTaxonomies)
	get(room, base+"/taxonomies/{id}", "hsds-taxonomy", tag, "One vocabulary", "", room.hsdsTaxonomy)
	get(room, base+"/taxonomy_terms", "hsds-terms", tag, "The codes of all vocabularies", "", room.hsdsTerms)
	get(room, base+"/taxonomy_terms/{id}", "hsds-term", tag, "One code", "", room.hsdsTerm)
}

func (room *Room) hsdsRoot(ctx context.Context, _ *struct{}) (*hsdsRootOutput, error) {
	out := &hsdsRootOutput{}
	origin := requestOf(ctx).Origin()
	out.Body.Version, out.Body.Profile, out.Body.OpenapiURL = opendata.HSDSVersion, "https://docs.openreferral.org/en/v3.1/", origin+"/api/openapi.json"
	return out, nil
}

// servicePage reads a page of services as HSDS asks for it.
func (room *Room) servicePage(ctx context.Context, in *hsdsServicesInput) ([]directory.Entry, int, error) {
	q, err := room.pageQuery(in.Page, in.PerPage, in.ModifiedAfter)
	if err != nil {
		return nil, 0, err
	}
	if in.OrganizationID != "" {
		if q.Organisation, err = room.Directory.OwnID(ctx, directory.SubjectOrganisation, in.OrganizationID, opendata.UUID); err != nil || q.Organisation == "" {
			return nil, 0, err
		}
	}
	if in.TaxonomyTermID != "" {
		for _, need := range directory.Codes(directory.GroupNeed) {
			if opendata.TermID(directory.GroupNeed, need) == in.TaxonomyTermID {
				q.Need = need
			}
		}
		if q.Need == "" {
			return nil, 0, nil
		}
	}
	return room.Directory.ServicePage(ctx, q)
}

func (room *Room) hsdsServices(ctx context.Context, in *hsdsServicesInput) (*hsdsServicesOutput, error) {
	entries, total, err := room.servicePage(ctx, in)
	if err != nil {
		return nil, err
	}
	setting, list := room.setting(requestOf(ctx)), make([]opendata.HSDSService, len(entries))
	for i := range entries {
		list[i] = setting.HSDS(&entries[i], &entries[i].Services[0], in.Full)
	}
	return &hsdsServicesOutput{hsdsPageOf(in.HSDSPaging, total, list)}, nil
}

// oneService reads a service by its HSDS id.
func (room *Room) oneService(ctx context.Context, name string) (e directory.Entry, err error) {
	own, err := room.Directory.OwnID(ctx, directory.SubjectService, name, opendata.UUID)
	if err != nil {
		return e, err
	}
	e, found, err := room.Directory.ServiceEntry(ctx, own)
	if err == nil && !found {
		err = huma.Error404NotFound("no such service")
	}
	return e, err
}

func (room *Room) hsdsService(ctx context.Context, in *idInput) (*hsdsServiceOutput, error) {
	e, err := room.oneService(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &hsdsServiceOutput{room.setting(requestOf(ctx)).HSDS(&e, &e.Services[0], true)}, nil
}

func (room *Room) hsdsOrganizations(ctx context.Context, in *hsdsOrganizationsInput) (*hsdsOrganizationsOutput, error) {
	q, err := room.pageQuery(in.Page, in.PerPage, in.ModifiedAfter)
	if err != nil {
		return nil, err
	}
	found, total, err := room.Directory.OrganisationPage(ctx, q)
	if err != nil {
		return nil, err
	}
	setting, list := room.setting(requestOf(ctx)), []opendata.HSDSOrganization{}
	for i := range found {
		if !found[i].IsGone() {
			list = append(list, setting.Organization(&found[i]))
		}
	}
	return &hsdsOrganizationsOutput{hsdsPageOf(in.HSDSPaging, total, list)}, nil
}

func (room *Room) hsdsOrganization(ctx context.Context, in *idInput) (*hsdsOrganizationOutput, error) {
	own, err := room.Directory.OwnID(ctx, directory.SubjectOrganisation, in.ID, opendata.UUID)
	if err != nil {
		return nil, err
	}
	sheet, err := room.Directory.Organisation(ctx, own)
	if err != nil {
		return nil, err
	}
	if sheet.Organisation.IsGone() {
		return nil, huma.Error410Gone("closed for good")
	}
	setting := room.setting(requestOf(ctx))
	one := setting.Organization(&sheet.Organisation)
	for i := range sheet.Places {
		one.Locations = append(one.Locations, setting.Location(&sheet.Places[i]))
	}
	return &hsdsOrganizationOutput{one}, nil
}

// located is a service at its place, with both nested.
func located(s *opendata.Setting, e *directory.Entry) opendata.HSDSServiceAtLocation {
	service := s.HSDS(e, &e.Services[0], true)
	one := service.ServiceAtLocations[0]
	service.ServiceAtLocations = nil
	one.Service = &service
	return one
}

func (room *Room) hsdsLocated(ctx context.Context, in *hsdsServicesInput) (*hsdsLocatedOutput, error) {
	entries, total, err := room.servicePage(ctx, in)
	if err != nil {
		return nil, err
	}
	setting, list := room.setting(requestOf(ctx)), make([]opendata.HSDSServiceAtLocation, len(entries))
	for i := range entries {
		list[i] = located(setting, &entries[i])
	}
	return &hsdsLocatedOutput{hsdsPageOf(in.HSDSPaging, total, list)}, nil
}

func (room *Room) hsdsLocatedOne(ctx context.Context, in *idInput) (*hsdsLocatedOneOutput, error) {
	e, err := room.oneService(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &hsdsLocatedOneOutput{located(room.setting(requestOf(ctx)), &e)}, nil
}

// cutPage is a page of a list that is whole in memory.
func cutPage[T any](in HSDSPaging, all []T) HSDSPage[T] {
	from := min((in.Page-1)*in.PerPage, len(all))
	return hsdsPageOf(in, len(all), all[from:min(from+in.PerPage, len(all))])
}

// byID finds one of a list.
func byID[T any](all []T, is func(T) bool) (one T, err error) {
	at := slices.IndexFunc(all, is)
	if at < 0 {
		return one, huma.Error404NotFound("no such term or taxonomy")
	}
	return all[at], nil
}

func (room *Room) hsdsTaxonomies(_ context.Context, in *HSDSPaging) (*hsdsTaxonomiesOutput, error) {
	return &hsdsTaxonomiesOutput{cutPage(*in, opendata.Taxonomies())}, nil
}

func (room *Room) hsdsTaxonomy(_ context.Context, in *idInput) (*hsdsTaxonomyOutput, error) {
	one, err := byID(opendata.Taxonomies(), func(t opendata.HSDSTaxonomy) bool { return t.ID == in.ID })
	return &hsdsTaxonomyOutput{one}, err
}

func (room *Room) hsdsTerms(ctx context.Context, in *HSDSPaging) (*hsdsTermsOutput, error) {
	return &hsdsTermsOutput{cutPage(*in, room.setting(requestOf(ctx)).Terms())}, nil
}

func (room *Room) hsdsTerm(ctx context.Context, in *idInput) (*hsdsTermOutput, error) {
	one, err := byID(room.setting(requestOf(ctx)).Terms(), func(t opendata.HSDSTerm) bool { return t.ID == in.ID })
	return &hsdsTermOutput{one}, err
}
