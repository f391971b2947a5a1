namespace Ecosystem.Rules.Rulesets;

/// <summary>A command, its words and its options.</summary>
internal sealed class CommandLine(string command, IReadOnlyList<string> words, IReadOnlyDictionary<string, string> options)
{
    private static readonly HashSet<string> Flags = new(StringComparer.Ordinal) { "json", "words", "check", "ignore-unknown", "fix" };

    public string Command { get; } = command;

    public IReadOnlyList<string> Words { get; } = words;

    public bool Json => Has("json");

    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var words = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 1; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(args[i]);
                continue;
            }

            string name = args[i][2..];
            int equals = name.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0)
            {
                options[name[..equals]] = name[(equals + 1)..];
            }
            else if (Flags.Contains(name) || i + 1 >= args.Count)
            {
                options[name] = "";
            }
            else
            {
                options[name] = args[++i];
            }
        }

        return new CommandLine(args.Count == 0 ? "" : args[0], words, options);
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
                files.AddRange(Directory.EnumerateFiles(word, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
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
        : File.Exists(file) ? await File.ReadAllTextAsync(file, cancellation).ConfigureAwait(false) : throw new FileNotFoundException($"There is no file '{file}'");

    public static async Task<Ruleset> LoadAsync(string file, CancellationToken cancellation) =>
        Ruleset.Parse(await ReadAsync(file, cancellation).ConfigureAwait(false), file);
}
