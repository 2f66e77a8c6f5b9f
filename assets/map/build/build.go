// Command build bundles the moving map: our main.js with MapLibre GL and PMTiles, its worker and its style sheet, into
// assets/map/dist. Run it in assets/map after `npm ci`: `go run ./build`. The result is committed.
package main

import (
	"fmt"
	"os"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	here, err := os.Getwd()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	result := api.Build(Options(here))
	for _, trouble := range result.Errors {
		fmt.Fprintln(os.Stderr, trouble.Text)
	}
	if len(result.Errors) > 0 {
		os.Exit(1)
	}
}

// Options says how the bundle in dir (an absolute path) is made, so that a test can make it again and compare.
func Options(dir string) api.BuildOptions {
	return api.BuildOptions{
		AbsWorkingDir: dir,
		EntryPointsAdvanced: []api.EntryPoint{
			{InputPath: "main.js", OutputPath: "map"},
			{InputPath: "maplibre-gl/dist/maplibre-gl-worker.mjs", OutputPath: "worker"},
			{InputPath: "map.css", OutputPath: "map"},
		},
		Outdir:            "dist",
		Bundle:            true,
		Write:             true,
		Format:            api.FormatESModule,
		Target:            api.ES2022,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LegalComments:     api.LegalCommentsEndOfFile,
		LogLevel:          api.LogLevelWarning,
	}
}
