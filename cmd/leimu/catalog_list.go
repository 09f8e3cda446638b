package main

import (
	"github.com/spf13/cobra"

	"leimu/api"
	"leimu/cmd/leimu/terminal"
	"leimu/data"
)

func catalogListCommand() *cobra.Command {
	var dir string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List every category, in the guide's order",
		Example: `  leimu catalog list
  leimu catalog list --json | jq -r '.[].id'`,
		Args: exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			k, err := loadKnowledge(dir)
			if err != nil {
				return err
			}
			if asJSON {
				return api.Encode(cmd.OutOrStdout(), k.Catalog.Categories)
			}
			return printCatalog(newPage(cmd), k.Catalog)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print what the API answers")
	dataFlag(cmd, &dir)
	return cmd
}

// printCatalog is a table: id, second level, and what the guide says to 个人 and
// 单位, under a line for each first level.
func printCatalog(p *terminal.Page, catalog *data.Catalog) error {
	ids, names := 0, 0
	for i := range catalog.Categories {
		ids = max(ids, terminal.Width(catalog.Categories[i].ID))
		names = max(names, terminal.Width(catalog.Categories[i].Path[1]))
	}
	p.Line(catalog.Title)
	p.Line(p.Styled(terminal.Dim, "✓ 可选  ! 可选,需要资质  △ 不建议选择  ⊘ 仅限政府机关、事业单位"))
	first := ""
	for i := range catalog.Categories {
		c := &catalog.Categories[i]
		if c.Path[0] != first {
			first = c.Path[0]
			p.Line()
			p.Line(p.Styled(terminal.Bold, first))
		}
		restricted := ""
		if len(c.RestrictedTo) > 0 {
			restricted = "  ⊘"
		}
		p.Line("  ", terminal.Pad(c.ID, ids+2), terminal.Pad(c.Path[1], names+2),
			"个人 ", ruleMark(p, c.Eligibility.Individual), "  单位 ", ruleMark(p, c.Eligibility.Organization), restricted)
	}
	return p.Err()
}

func ruleMark(p *terminal.Page, r data.Rule) string {
	switch r.Status {
	case data.Allowed:
		return p.Styled(terminal.Green, "✓")
	case data.LicenseRequired:
		return p.Styled(terminal.Yellow, "!")
	}
	return p.Styled(terminal.Yellow, "△")
}
