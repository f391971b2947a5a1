using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Dmn;

/// <summary>
/// A DMN model with its imports, compiled once. Immutable and thread-safe. Values cross as told at <see cref="FeelExpression"/>.
/// Requirement graphs, knowledge models, decision services, imports and all boxed expressions of DMN 1.5 are run; Java and PMML functions are not.
/// </summary>
public sealed class DmnModel
{
    private readonly DmnModule _module;
    private readonly FeelOptions _options;

    private DmnModel(DmnModule module, FeelOptions options)
    {
        _module = module;
        _options = options;
    }

    /// <summary>The model as written.</summary>
    public DmnDefinitions Definitions => _module.Definitions;

    /// <summary>Expressions that cannot be compiled and references that lead nowhere; what they belong to gives null.</summary>
    public IReadOnlyList<string> Messages => _module.Messages;

    /// <summary>Compiles a model.</summary>
    /// <param name="definitions">The model as written.</param>
    /// <param name="others">Models it may import, by namespace.</param>
    /// <param name="options">Mode and limits; DMN mode when null.</param>
    /// <exception cref="DmnException">An import leads nowhere or in a circle, or a type cannot be read.</exception>
    public static DmnModel Compile(DmnDefinitions definitions, IEnumerable<DmnDefinitions>? others = null, FeelOptions? options = null)
    {
        var known = (others ?? []).ToList();
        return Compile(definitions, (import, _) => known.Find(d => d.Namespace == import.Namespace), options);
    }

    /// <summary>Reads and compiles a model and what it imports: by location where one is told, otherwise by namespace among the files beside it.</summary>
    /// <param name="path">Path of the .dmn file.</param>
    /// <param name="options">Mode and limits; DMN mode when null.</param>
    /// <exception cref="DmnException">A file cannot be read, or an import leads nowhere or in a circle.</exception>
    public static DmnModel LoadFile(string path, FeelOptions? options = null)
    {
        var sources = new Dictionary<DmnDefinitions, string>(ReferenceEqualityComparer.Instance);
        var read = new Dictionary<string, DmnDefinitions?>(StringComparer.Ordinal);
        var main = Read(Path.GetFullPath(path)) ?? DmnReader.ReadFile(path);
        return Compile(main, Resolve, options);

        DmnDefinitions? Read(string file)
        {
            if (read.TryGetValue(file, out var known))
            {
                return known;
            }

            DmnDefinitions? definitions = null;
            if (File.Exists(file))
            {
                definitions = DmnReader.ReadFile(file);
                sources[definitions] = file;
            }

            return read[file] = definitions;
        }

        DmnDefinitions? Resolve(DmnImport import, DmnDefinitions importer)
        {
            var folder = Path.GetDirectoryName(sources[importer])!;
            if (import.Location is { Length: > 0 } location && !location.Contains("://", StringComparison.Ordinal)
                && Read(Path.GetFullPath(Path.Combine(folder, location))) is { } placed && placed.Namespace == import.Namespace)
            {
                return placed;
            }

            foreach (var file in Directory.EnumerateFiles(folder, "*.dmn", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                if (TryRead(Path.GetFullPath(file)) is { } found && found.Namespace == import.Namespace && !ReferenceEquals(found, importer))
                {
                    return found;
                }
            }

            return null;
        }

        DmnDefinitions? TryRead(string file)
        {
            try
            {
                return Read(file);
            }
            catch (DmnException)
            {
                // Another file of the folder, broken or not DMN, is no reason to refuse this model.
                return read[file] = null;
            }
        }
    }

    /// <summary>Makes one decision, and those it requires.</summary>
    /// <param name="name">Name of the decision.</param>
    /// <param name="inputs">Values of the inputs by name; those of imported models below their prefix, or as "namespace#name".</param>
    /// <exception cref="DmnException">There is no decision of that name.</exception>
    public DmnResult EvaluateDecision(string name, IReadOnlyDictionary<string, object?> inputs)
    {
        var decision = Definitions.Decisions.FirstOrDefault(d => d.Name == name || d.Variable.Name == name)
            ?? throw new DmnException($"There is no decision '{name}'. There are {string.Join(", ", Definitions.Decisions.Select(d => $"'{d.Name}'"))}.");
        return Run((run, context, messages) =>
        {
            var evaluation = new DmnEvaluation(run, context);
            var value = evaluation.Value(_module, decision, "");
            messages.AddRange(evaluation.Messages);
            return value;
        }, inputs);
    }

    /// <summary>Runs a decision service.</summary>
    /// <param name="name">Name of the service.</param>
    /// <param name="inputs">Values of its inputs and input decisions by name.</param>
    /// <returns>The result of its output decision; a context of them when there are several.</returns>
    /// <exception cref="DmnException">There is no service of that name.</exception>
    public DmnResult EvaluateService(string name, IReadOnlyDictionary<string, object?> inputs)
    {
        var service = Definitions.DecisionServices.FirstOrDefault(s => s.Name == name)
            ?? throw new DmnException($"There is no decision service '{name}'. There are {string.Join(", ", Definitions.DecisionServices.Select(s => $"'{s.Name}'"))}.");
        return Run((run, context, messages) => new DmnServiceFunction(_module, service).Evaluate(run, context, messages), inputs);
    }

    /// <summary>Calls a knowledge model.</summary>
    /// <param name="name">Name of the knowledge model.</param>
    /// <param name="arguments">Arguments by parameter.</param>
    /// <exception cref="DmnException">There is no knowledge model of that name.</exception>
    public DmnResult Invoke(string name, IReadOnlyDictionary<string, object?> arguments)
    {
        var knowledge = Definitions.BusinessKnowledgeModels.FirstOrDefault(k => k.Name == name)
            ?? throw new DmnException($"There is no knowledge model '{name}'. There are {string.Join(", ", Definitions.BusinessKnowledgeModels.Select(k => $"'{k.Name}'"))}.");
        return Run((run, context, messages) =>
        {
            var evaluation = new DmnEvaluation(run, context);
            if (evaluation.Value(_module, knowledge, "").Function is not { } function)
            {
                return FeelValue.Null;
            }

            messages.AddRange(evaluation.Messages);
            return function.Invoke(run, [.. function.Parameters.Select(p => context.TryGet(p, out var value) ? value : FeelValue.Null)]);
        }, arguments);
    }

    private static DmnModel Compile(DmnDefinitions definitions, Func<DmnImport, DmnDefinitions, DmnDefinitions?> resolve, FeelOptions? options)
    {
        options ??= FeelOptions.Default;
        var modules = new Dictionary<DmnDefinitions, DmnModule?>(ReferenceEqualityComparer.Instance);
        return new DmnModel(Module(definitions), options);

        DmnModule Module(DmnDefinitions part)
        {
            if (modules.TryGetValue(part, out var module))
            {
                return module ?? throw new DmnException($"The model '{part.Name}' imports itself, directly or through others.");
            }

            modules[part] = null;
            var imports = new List<(string, DmnModule)>();
            foreach (var import in part.Imports.Where(i => i.ImportType is null || DmnXml.Versions.ContainsKey(i.ImportType)))
            {
                var target = resolve(import, part) ?? throw new DmnException($"The model '{part.Name}' imports '{import.Namespace}' as '{import.Name}', but no model of that namespace was found.");
                imports.Add((import.Name, Module(target)));
            }

            module = new DmnModule(part, imports, options);
            modules[part] = module;
            return module;
        }
    }

    private DmnResult Run(Func<FeelRun, FeelContext, List<string>, FeelValue> work, IReadOnlyDictionary<string, object?> inputs)
    {
        var run = new FeelRun();
        run.Start(_options, null, null);
        var messages = new List<string>();
        var value = work(run, new FeelClrContext(inputs), messages);
        return new DmnResult(FeelBoundary.ToClr(value), messages);
    }
}

/// <summary>Result of an evaluation of a model.</summary>
/// <param name="Value">The value; null when there is none.</param>
/// <param name="Messages">Why values are missing: inputs and results of the wrong type, expressions that cannot be run.</param>
public sealed record DmnResult(object? Value, IReadOnlyList<string> Messages);
