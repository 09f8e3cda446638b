package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"leimu/api"
	"leimu/cmd/leimu/terminal"
	"leimu/data"
	"leimu/search"
)

func catalogShowCommand() *cobra.Command {
	var dir string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "Tell everything that the guide says of a category",
		Long:  "Tells everything that the guide says of a category, named by its id, its path (生活服务>工具) or a\nsecond-level name that no other category bears.",
		Example: `  leimu catalog show living-tools
  leimu catalog show 生活服务-共享服务
  leimu catalog show --json 医院`,
		Args: exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			k, err := loadKnowledge(dir)
			if err != nil {
				return err
			}
			position, err := search.NewResolver(k.Catalog).Resolve(args[0])
			if err != nil {
				return err
			}
			category := &k.Catalog.Categories[position]
			if asJSON {
				return api.Encode(cmd.OutOrStdout(), category)
			}
			return printCategory(newPage(cmd), category)
		},
		ValidArgsFunction: completeIDs,
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print what the API answers")
	dataFlag(cmd, &dir)
	return cmd
}

// completeIDs lets the shell complete an id.
func completeIDs(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	k, err := loadKnowledge("")
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var ids []string
	for i := range k.Catalog.Categories {
		if c := &k.Catalog.Categories[i]; strings.HasPrefix(c.ID, typed) {
			ids = append(ids, c.ID+"\t"+pathOf(c.Path))
		}
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

func printCategory(p *terminal.Page, c *data.Category) error {
	p.Spread(p.Styled(terminal.Bold, pathOf(c.Path)), p.Styled(terminal.Dim, c.ID))
	if len(c.Services) == 0 {
		p.Labelled("释义  ", c.Definition)
	}
	for i, s := range c.Services {
		label := "      "
		if i == 0 {
			label = "释义  "
		}
		p.Labelled(label+terminal.Pad(fmt.Sprintf("%d、", s.No), 4), serviceText(s))
	}
	p.Labelled("个人  "+ruleMark(p, c.Eligibility.Individual)+" ", c.Eligibility.Individual.Text)
	p.Labelled("单位  "+ruleMark(p, c.Eligibility.Organization)+" ", c.Eligibility.Organization.Text)
	for _, r := range c.Requirements {
		p.Labelled("材料  ", strings.Join(r.Documents, "、"))
		p.Labelled("      ", requirementPlace(r))
	}
	if len(c.RestrictedTo) > 0 {
		p.Labelled("限定  ", "仅限"+strings.Join(c.RestrictedTo, "、"))
	}
	p.Labelled("备注  ", strings.ReplaceAll(c.Remark, "\n", " "))
	p.Labelled("出处  ", fmt.Sprintf("指引第 %d 行", c.Line))
	return p.Err()
}

// serviceText is a clause as the guide writes it; what bars 个人 stands out.
func serviceText(s data.Service) string {
	text := s.Definition
	if s.Name != "" && !strings.HasPrefix(text, s.Name) {
		text = s.Name + ":" + text
	}
	if slices.Contains(s.Barred, string(search.Individual)) {
		text += " ✗个人"
	}
	return text
}

func requirementPlace(r data.Requirement) string {
	place := "上传到" + r.Upload
	if r.Upload == "" {
		place = "指引未说明上传到何处"
	}
	for _, part := range []struct{ label, text string }{{"从事:", r.Activity}, {"地区:", r.Region}} {
		if part.text != "" {
			place += ";" + part.label + part.text
		}
	}
	if r.Subject == string(search.Individual) {
		place += ";限个人"
	}
	return place
}
