using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>The commands <c>definitions check</c> and <c>definitions run</c>.</summary>
public static class DefinitionCommands
{
    private const string Usage = """
        Usage: definitions check FILE… [--json]
               definitions run FILE [--with FILE…] [--input JSON] [--answers FILE] [--start TIME]
        """;

    private static readonly JsonSerializerOptions Writing = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly DateTimeOffset StandardStart = new(2026, 1, 1, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Runs a command.</summary>
    /// <param name="args">The words after <c>definitions</c>.</param>
    /// <param name="output">Where the result goes.</param>
    /// <param name="error">Where messages go.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>0 on success, 1 when a definition has errors or faults, 2 when the command cannot be carried out.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        try
        {
            return args.Count == 0 ? throw new CommandException(Usage) : args[0] switch
            {
                "check" => await CheckAsync([.. args.Skip(1)], output, error, cancellationToken),
                "run" => await RunOneAsync([.. args.Skip(1)], output, error, cancellationToken),
                _ => throw new CommandException($"There is no command 'definitions {args[0]}'.\n{Usage}"),
            };
        }
        catch (CommandException exception)
        {
            await error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    private static async Task<int> CheckAsync(List<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var json = args.Remove("--json");
        if (args.Count == 0)
        {
            throw new CommandException(Usage);
        }

        var results = new JsonArray();
        var failed = false;
        var loaded = new List<(string File, ProcessPlan? Plan, IReadOnlyList<DefinitionDiagnostic> Diagnostics)>();
        foreach (var file in args)
        {
            try
            {
                loaded.Add((file, ProcessPlan.Read(await LoadAsync(file, cancellationToken)), []));
            }
            catch (DefinitionException exception)
            {
                loaded.Add((file, null, exception.Diagnostics));
            }
        }

        var catalog = new PlanCatalog(loaded.Select(item => item.Plan).OfType<ProcessPlan>());
        for (var i = 0; i < loaded.Count; i++)
        {
            var (file, plan, reading) = loaded[i];
            var diagnostics = plan is null
                ? reading
                : [.. DefinitionChecker.Check(plan, catalog, StepCatalog.Shipped), .. DefinitionChecker.CheckTriggers(plan, loaded.Take(i).Select(item => item.Plan).OfType<ProcessPlan>())];
            var ok = diagnostics.All(diagnostic => diagnostic.Severity != "error");
            failed |= !ok;
            results.Add(new JsonObject
            {
                ["file"] = file,
                ["definitionId"] = plan?.Document.DefinitionId,
                ["ok"] = ok,
                ["diagnostics"] = new JsonArray([.. diagnostics.Select(diagnostic => JsonSerializer.SerializeToNode(diagnostic, StepJson.Options))]),
            });
            if (!json)
            {
                await output.WriteLineAsync($"{file}: {(ok ? "accepted" : "refused")}");
                foreach (var diagnostic in diagnostics)
                {
                    await output.WriteLineAsync($"  {diagnostic}");
                }
            }
        }

        if (json)
        {
            await output.WriteLineAsync(results.ToJsonString(Writing));
        }

        return failed ? 1 : 0;
    }

    private static async Task<int> RunOneAsync(List<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var files = new List<string>();
        var others = new List<string>();
        string? input = null;
        string? answers = null;
        var start = StandardStart;
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--with":
                    while (i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal))
                    {
                        others.Add(args[++i]);
                    }

                    break;
                case "--input":
                    input = ValueAfter(args, ref i);
                    break;
                case "--answers":
                    answers = ValueAfter(args, ref i);
                    break;
                case "--start":
                    var text = ValueAfter(args, ref i);
                    start = DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time)
                        ? time.ToUniversalTime()
                        : throw new CommandException($"--start is '{text}'; write it as 2026-01-01T09:00:00Z.");
                    break;
                case "--json":
                    break;
                case var option when option.StartsWith("--", StringComparison.Ordinal):
                    throw new CommandException($"There is no option '{option}'.\n{Usage}");
                default:
                    files.Add(args[i]);
                    break;
            }
        }

        if (files.Count == 0)
        {
            throw new CommandException(Usage);
        }

        others.AddRange(files.Skip(1));
        ProcessPlan plan;
        try
        {
            plan = ProcessPlan.Read(await LoadAsync(files[0], cancellationToken));
        }
        catch (DefinitionException exception)
        {
            throw new CommandException($"{files[0]}: {exception.Message}");
        }

        var plans = new List<ProcessPlan> { plan };
        foreach (var file in others)
        {
            try
            {
                plans.Add(ProcessPlan.Read(await LoadAsync(file, cancellationToken)));
            }
            catch (DefinitionException exception)
            {
                throw new CommandException($"{file}: {exception.Message}");
            }
        }

        var run = new HeadlessRun(new PlanCatalog(plans), StepCatalog.Shipped, new HeadlessAnswers(await ReadAnswersAsync(answers, cancellationToken)), start);
        var engine = run.Execute(plan, Map(input, "--input"));
        await output.WriteLineAsync(HeadlessReport.Write(run, engine).ToJsonString(Writing));
        if (engine.Status == ProcessStatus.Faulted)
        {
            foreach (var incident in engine.Incidents)
            {
                await error.WriteLineAsync($"{incident.Name} [{incident.ActivityId}]: {incident.Message}");
            }
        }

        return engine.Status == ProcessStatus.Faulted ? 1 : 0;
    }

    private static async Task<Dictionary<string, object?>?> ReadAnswersAsync(string? answers, CancellationToken cancellationToken)
    {
        if (answers is null)
        {
            return null;
        }

        return Map(answers.TrimStart().StartsWith('{') ? answers : await ReadAsync(answers, cancellationToken), "--answers");
    }

    private static Dictionary<string, object?> Map(string? json, string option)
    {
        if (json is null)
        {
            return [];
        }

        try
        {
            return Values.FromJson(JsonNode.Parse(json)) as Dictionary<string, object?> ?? throw new CommandException($"{option} must be a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new CommandException($"{option} is not JSON: {exception.Message}");
        }
    }

    private static string ValueAfter(List<string> args, ref int index) =>
        index + 1 < args.Count ? args[++index] : throw new CommandException($"The option '{args[index]}' needs a value.\n{Usage}");

    private static async Task<DefinitionDocument> LoadAsync(string file, CancellationToken cancellationToken) => DefinitionDocument.Parse(await ReadAsync(file, cancellationToken));

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The file '{file}' cannot be read: {exception.Message}");
        }
    }

    private sealed class CommandException(string message) : Exception(message);
}
