package openweb

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"parvis/internal/directory"
	"parvis/internal/directory/opendata"
)

// The reading endpoints of data.inclusion v1, with its page, size, items, total and pages.

type inclusionPage struct {
	Page          int    `query:"page" minimum:"1" maximum:"1000000" default:"1"`
	Size          int    `query:"size" minimum:"1" maximum:"500" default:"100"`
	ModifiedAfter string `query:"modified_after" doc:"Only what changed later: a day or an instant." example:"2026-05-31"`
}

// InclusionPage is a page of a list. What has closed for good keeps its room, so that no record changes its page: a page
// may hold fewer items than its size.
type InclusionPage[T any] struct {
	Items []T `json:"items"`
	Total int `json:"total" doc:"Records in all, those that have closed for good included."`
	Page  int `json:"page"`
	Size  int `json:"size"`
	Pages int `json:"pages"`
}

type (
	structuresOutput struct {
		Body InclusionPage[opendata.Structure]
	}
	structureOutput         struct{ Body opendata.Structure }
	inclusionServicesOutput struct {
		Body InclusionPage[opendata.InclusionService]
	}
	inclusionServiceOutput struct{ Body opendata.InclusionService }
)

func (room *Room) inclusion() {
	const tag, base = "data.inclusion v1", "/api/data-inclusion/v1"
	get(room, base+"/structures", "structures", tag, "Places, as structures", "", room.structures)
	get(room, base+"/structures/{id}", "structure", tag, "One place, by our id", "", room.structure)
	get(room, base+"/services", "inclusion-services", tag, "Services", "", room.inclusionServices)
	get(room, base+"/services/{id}", "inclusion-service", tag, "One service, by our id", "", room.inclusionService)
}

func (room *Room) pageQuery(page, size int, modifiedAfter string) (directory.PageQuery, error) {
	since, err := room.since("modified_after", modifiedAfter)
	return directory.PageQuery{Page: page, Size: size, ModifiedAfter: since}, err
}

func pagesOf(total, size int) int { return (total + size - 1) / size }

func (room *Room) structures(ctx context.Context, in *inclusionPage) (*structuresOutput, error) {
	q, err := room.pageQuery(in.Page, in.Size, in.ModifiedAfter)
	if err != nil {
		return nil, err
	}
	entries, total, err := room.Directory.PlacePage(ctx, q)
	if err != nil {
		return nil, err
	}
	setting := room.setting(requestOf(ctx))
	out := InclusionPage[opendata.Structure]{Items: []opendata.Structure{}, Total: total, Page: in.Page, Size: in.Size, Pages: pagesOf(total, in.Size)}
	for i := range entries {
		if one, _, ok := setting.Inclusion(&entries[i]); ok && !entries[i].Place.IsGone() {
			out.Items = append(out.Items, one)
		}
	}
	return &structuresOutput{out}, nil
}

func (room *Room) structure(ctx context.Context, in *idInput) (*structureOutput, error) {
	e, found, err := room.Directory.Entry(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	one, _, ok := room.setting(requestOf(ctx)).Inclusion(&e)
	switch {
	case !found || !ok:
		return nil, huma.Error404NotFound("no such structure")
	case e.Place.IsGone():
		return nil, huma.Error410Gone("closed for good")
	}
	return &structureOutput{one}, nil
}

func (room *Room) inclusionServices(ctx context.Context, in *inclusionPage) (*inclusionServicesOutput, error) {
	q, err := room.pageQuery(in.Page, in.Size, in.ModifiedAfter)
	if err != nil {
		return nil, err
	}
	entries, total, err := room.Directory.ServicePage(ctx, q)
	if err != nil {
		return nil, err
	}
	setting := room.setting(requestOf(ctx))
	out := InclusionPage[opendata.InclusionService]{Items: []opendata.InclusionService{}, Total: total, Page: in.Page, Size: in.Size, Pages: pagesOf(total, in.Size)}
	for i := range entries {
		if _, offered, ok := setting.Inclusion(&entries[i]); ok && !ended(&entries[i]) {
			out.Items = append(out.Items, offered...)
		}
	}
	return &inclusionServicesOutput{out}, nil
}

// ended reports whether an entry's one service, or its place, has closed for good.
func ended(e *directory.Entry) bool { return e.Place.IsGone() || e.Services[0].IsGone() }

func (room *Room) inclusionService(ctx context.Context, in *idInput) (*inclusionServiceOutput, error) {
	e, found, err := room.Directory.ServiceEntry(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, huma.Error404NotFound("no such service")
	}
	_, offered, ok := room.setting(requestOf(ctx)).Inclusion(&e)
	switch {
	case ended(&e):
		return nil, huma.Error410Gone("ended for good")
	case !ok || len(offered) == 0:
		return nil, huma.Error404NotFound("not in data.inclusion")
	}
	return &inclusionServiceOutput{offered[0]}, nil
}
