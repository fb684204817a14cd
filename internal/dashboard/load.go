package dashboard

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

// Folder is where a project keeps its dashboards.
const Folder = "dashboards"

// maxFile is the most that a dashboard file may hold.
const maxFile = 1 << 20

// Load reads the *.yml files of the project's dashboards folder, a dashboard each,
// and checks them against the catalog. The first thing that is wrong is told with
// file and line, code Parse. The dashboards come in their order; a project without
// the folder has none.
func Load(project fs.FS, catalog *metric.Catalog) ([]Dashboard, error) {
	entries, err := fs.ReadDir(project, Folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fault.Wrap(err, fault.Disk, "the dashboards cannot be read")
	}
	var out []Dashboard
	for _, entry := range entries {
		ending := path.Ext(entry.Name())
		if entry.IsDir() || (ending != ".yml" && ending != ".yaml") {
			continue
		}
		file := path.Join(Folder, entry.Name())
		text, err := fs.ReadFile(project, file)
		if err != nil {
			return nil, fault.Wrap(err, fault.Disk, "the dashboard cannot be read").At(file, 0)
		}
		d, err := read(file, text, catalog)
		if err != nil {
			return nil, err
		}
		d.Name = strings.TrimSuffix(entry.Name(), ending)
		out = append(out, *d)
	}
	slices.SortStableFunc(out, func(a, b Dashboard) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), strings.Compare(a.Name, b.Name))
	})
	return out, nil
}

func read(file string, text []byte, catalog *metric.Catalog) (*Dashboard, error) {
	if len(text) > maxFile {
		return nil, fault.New(fault.Parse, "the dashboard is longer than %d MB", maxFile>>20).At(file, 0)
	}
	root, err := yamlvalue.Read(file, text)
	if err != nil {
		return nil, err
	}
	var d Dashboard
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&d); err != nil && !errors.Is(err, io.EOF) {
		return nil, notDashboard(file, err)
	}
	c := checker{file: file, root: root, catalog: catalog}
	if err := c.dashboard(&d); err != nil {
		return nil, err
	}
	return &d, nil
}

// mistake is how the YAML library tells of a value that has no place in a type.
var mistake = regexp.MustCompile(`line (\d+): (?:field (\S+) not found in type|(.*))`)

// notDashboard gives what the YAML library says its line, and leaves out the names of types.
func notDashboard(file string, err error) error {
	m := mistake.FindStringSubmatch(err.Error())
	if m == nil {
		return fault.New(fault.Parse, "this is no dashboard: %s", strings.TrimPrefix(err.Error(), "yaml: ")).At(file, 0)
	}
	line, _ := strconv.Atoi(m[1]) // the expression lets digits through alone
	if m[2] != "" {
		return fault.New(fault.Parse, "dashboards have no %q here", m[2]).At(file, line).WithHint("docs/dashboards.md lists what they have")
	}
	detail, _, _ := strings.Cut(m[3], " into ")
	return fault.New(fault.Parse, "this value has the wrong type: %s", detail).At(file, line).WithHint("docs/dashboards.md says what stands here")
}
