package main

import (
	"github.com/spf13/cobra"
)

func catalogCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "catalog",
		Short: "Look at the guide's categories, and keep them up to date",
		Example: `  leimu catalog list
  leimu catalog show living-tools
  leimu catalog diff old.txt new.txt`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usagef("unknown command %q for catalog", args[0])
			}
			return cmd.Help()
		},
		Args: cobra.ArbitraryArgs,
	}
	cmd.AddCommand(catalogListCommand(), catalogShowCommand(), catalogValidateCommand(), catalogImportCommand(), catalogDiffCommand())
	return cmd
}
