namespace Ecosystem.Rules.Rulesets;

/// <summary>A command, its words and its options.</summary>
internal sealed class CommandLine(string command, IReadOnlyList<string> words, IReadOnlyDictionary<string, string> options)
{
    private static readonly HashSet<string> Flags = new(StringComparer.Ordinal) { "json", "words", "check", "ignore-unknown", "full-coverage" };

    /// <summary>How many words each command takes, and which options.</summary>
    private static readonly Dictionary<string, (int Words, string[] Options)> Commands = new(StringComparer.Ordinal)
    {
        ["check"] = (int.MaxValue, ["json"]),
        ["test"] = (int.MaxValue, ["json", "full-coverage"]),
        ["evaluate"] = (1, ["input", "name", "as-of", "ignore-unknown", "json"]),
        ["diff"] = (2, ["words", "json"]),
        ["impact"] = (2, ["inputs", "csv", "json"]),
        ["convert"] = (1, ["to", "out"]),
        ["format"] = (int.MaxValue, ["check"]),
        ["explain"] = (int.MaxValue, []),
        ["schema"] = (0, []),
        ["tck"] = (1, ["report"]),
        ["fuzz"] = (int.MaxValue, ["minutes", "seed"]),
    };

    public string Command { get; } = command;

    public IReadOnlyList<string> Words { get; } = words;

    public bool Json => Has("json");

    /// <exception cref="CommandLineException">A word or an option is one too many, or an option lacks its value.</exception>
    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        if (args.Count == 0 || !Commands.TryGetValue(args[0], out (int Words, string[] Options) known))
        {
            return new CommandLine(args.Count == 0 ? "" : args[0], [], new Dictionary<string, string>());
        }

        var words = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 1; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(args[i]);
                continue;
            }

            int equals = args[i].IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? args[i][2..] : args[i][2..equals];
            if (!known.Options.Contains(name))
            {
                string takes = known.Options.Length == 0 ? "no options" : string.Join(", ", known.Options.Select(o => "--" + o));
                throw new CommandLineException($"rulesets {args[0]}: there is no option '--{name}'; it takes {takes}");
            }

            options[name] = equals >= 0 ? args[i][(equals + 1)..]
                : Flags.Contains(name) ? ""
                : ++i < args.Count ? args[i]
                : throw new CommandLineException($"rulesets {args[0]}: --{name} needs a value");
        }

        return words.Count <= known.Words
            ? new CommandLine(args[0], words, options)
            : throw new CommandLineException($"rulesets {args[0]}: '{words[known.Words]}' is one word too many");
    }

    public bool Has(string option) => options.ContainsKey(option);

    public string? Option(string option) => options.GetValueOrDefault(option);

    public string Needed(string option, string example) =>
        options.TryGetValue(option, out string? value) && value.Length > 0 ? value : throw new CommandLineException($"--{option} is missing, for example --{option} {example}");

    public string Word(int index, string what) =>
        index < Words.Count ? Words[index] : throw new CommandLineException($"rulesets {Command}: {what} is missing");

    /// <summary>The files behind the words: files themselves, and every <c>*.yaml</c> below a folder.</summary>
    public IReadOnlyList<string> Files()
    {
        if (Words.Count == 0)
        {
            throw new CommandLineException($"rulesets {Command}: a file or folder is missing");
        }

        var files = new List<string>();
        foreach (string word in Words)
        {
            if (Directory.Exists(word))
            {
                string[] found = [.. Directory.EnumerateFiles(word, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
                files.AddRange(found.Length > 0 ? found : throw new FileNotFoundException($"There is no ruleset (*.yaml) in the folder '{word}'"));
            }
            else if (word == "-" || File.Exists(word))
            {
                files.Add(word);
            }
            else
            {
                throw new FileNotFoundException($"There is no file or folder '{word}'");
            }
        }

        return files;
    }

    public static async Task<string> ReadAsync(string file, CancellationToken cancellation) => file == "-"
        ? await Console.In.ReadToEndAsync(cancellation).ConfigureAwait(false)
        : await File.ReadAllTextAsync(Existing(file), cancellation).ConfigureAwait(false);

    /// <summary>A file that is there, and no folder.</summary>
    public static string Existing(string file) => File.Exists(file)
        ? file
        : throw new FileNotFoundException(Directory.Exists(file) ? $"'{file}' is a folder; name a file in it" : $"There is no file '{file}'");

    /// <summary>Opens the file an option names before the work starts that is to be written into it; nowhere when the option is not given.</summary>
    public TextWriter Target(string option)
    {
        if (Option(option) is not { } file)
        {
            return TextWriter.Null;
        }

        try
        {
            return new StreamWriter(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"--{option}: '{file}' cannot be written: {failure.Message}", failure);
        }
    }

    public static async Task<Ruleset> LoadAsync(string file, CancellationToken cancellation) =>
        Ruleset.Parse(await ReadAsync(file, cancellation).ConfigureAwait(false), file);
}
