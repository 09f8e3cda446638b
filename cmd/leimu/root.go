package main

import (
	"io"
	"runtime/debug"

	"github.com/spf13/cobra"

	"leimu/data"
	"leimu/search"
)

// newRoot lists the subcommands; each stands in a file of its name.
func newRoot(stdin io.Reader, stdout, stderr io.Writer) *cobra.Command {
	root := &cobra.Command{
		Use:   "leimu",
		Short: "Find the 备案 service category of a mini-program, and who may choose it",
		Long: `leimu (类目) reads what a mini-program does, in anyone's own words, and answers with the
categories of the official guide that fit: how sure that is, who may choose each (个人, 单位,
机关), and what to upload where. It works offline; everything it knows is inside the program.`,
		Example: `  leimu search 共享充电宝
  leimu serve
  leimu catalog list`,
		SilenceErrors: true, // main tells them
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usagef("unknown command %q; to look for a description: leimu search %s", args[0], args[0])
			}
			return cmd.Help()
		},
	}
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	root.AddCommand(
		searchCommand(),
		suggestCommand(),
		serveCommand(),
		rerankCommand(),
		workCommand(),
		evalCommand(),
		catalogCommand(),
		healthcheckCommand(),
		versionCommand(),
	)
	return root
}

// exactly refuses another number of arguments than the usage line names.
func exactly(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := cobra.ExactArgs(n)(cmd, args); err != nil {
			return usagef("%w: usage is %s", err, cmd.UseLine())
		}
		return nil
	}
}

// dataFlag adds --data to a subcommand that reads the knowledge.
func dataFlag(cmd *cobra.Command, dir *string) {
	cmd.Flags().StringVar(dir, "data", "", "`directory` of knowledge laid over the built-in one")
	_ = cmd.MarkFlagDirname("data") // the flag is there: it was added a line above
}

// loadKnowledge reads the built-in knowledge, and over it that of dir.
func loadKnowledge(dir string) (*data.Knowledge, error) {
	if dir == "" {
		return data.Load(data.Embedded())
	}
	files, err := data.Overlay(dir)
	if err != nil {
		return nil, err
	}
	return data.Load(files)
}

// openingMemory is where the collector begins to hurry while an engine is opened,
// which makes twice as much garbage as it keeps: it holds the process under 100 MB.
const openingMemory = 68 << 20

// openEngine makes an engine of the built-in knowledge, and over it that of dir.
func openEngine(dir string) (*search.Engine, error) {
	limit := debug.SetMemoryLimit(-1) // as GOMEMLIMIT has it
	debug.SetMemoryLimit(min(limit, openingMemory))
	defer debug.SetMemoryLimit(limit)
	k, err := loadKnowledge(dir)
	if err != nil {
		return nil, err
	}
	return search.Open(k)
}
