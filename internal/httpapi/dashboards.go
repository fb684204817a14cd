package httpapi

import (
	"context"
	"net/http"

	"github.com/kith-analytics/kith/internal/dashboard"
	"github.com/kith-analytics/kith/internal/fault"
)

// DashboardItem is a dashboard as the list shows it.
type DashboardItem struct {
	Name        string `json:"name"`
	Title       string `json:"title"`
	Description string `json:"description"`
}

// NameInput names one of a kind.
type NameInput struct {
	Name string `maxLength:"300" path:"name"`
}

func (s *server) addDashboards() {
	add(s, operation{
		id: "listDashboards", method: http.MethodGet, path: "/dashboards", tag: "Dashboards", summary: "All dashboards, in their order",
	}, func(_ context.Context, c *call, _ *struct{}) (Items[DashboardItem], error) {
		out := Items[DashboardItem]{Items: []DashboardItem{}}
		for _, d := range c.project.Dashboards {
			out.Items = append(out.Items, DashboardItem{Name: d.Name, Title: d.Title, Description: d.Description})
		}
		if len(out.Items) == 0 && c.project.Problem != nil {
			return out, c.project.Problem
		}
		return out, nil
	})
	add(s, operation{
		id: "getDashboard", method: http.MethodGet, path: "/dashboards/{name}", tag: "Dashboards", summary: "A dashboard's blocks, as its file has them",
	}, func(_ context.Context, c *call, in *NameInput) (dashboard.Dashboard, error) {
		for _, d := range c.project.Dashboards {
			if d.Name == in.Name {
				return d, nil
			}
		}
		if c.project.Problem != nil {
			return dashboard.Dashboard{}, c.project.Problem
		}
		return dashboard.Dashboard{}, fault.New(fault.NotFound, "there is no dashboard %q", in.Name)
	})
}
