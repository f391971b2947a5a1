using System.Text.RegularExpressions;
using Ecosystem.Rules.Tests.Rulesets;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ecosystem.Rules.Tests.Production;

/// <summary>The C# of a guide, all snippets together in the order in which they are read, compiles without warnings.</summary>
public partial class GuideSnippetTests
{
    private const string Usings = "using System; using System.Collections.Generic; using System.IO; using System.Linq; using System.Reflection; using Xunit;"
        + "using Ecosystem.Rules; using Ecosystem.Rules.Diagnostics; using Ecosystem.Rules.Fluent; using Ecosystem.Rules.Fluent.Dsl; using Ecosystem.Rules.Testing;";

    [Theory]
    [InlineData("rules.md", 5)]
    [InlineData("from-nrules.md", 2)]
    public void Guide_Snippets_Compile(string guide, int atLeast)
    {
        var snippets = Snippet().Matches(File.ReadAllText(Path.Combine(RepositoryFiles.Guides, guide))).Select(m => m.Groups[1].Value).ToList();
        Assert.True(snippets.Count >= atLeast, $"{guide} has only {snippets.Count} snippets");
        Compile(snippets);
    }

    /// <summary>One program of all snippets: their usings first, then their statements, then their types.</summary>
    private static void Compile(List<string> snippets)
    {
        var parts = snippets.ConvertAll(s => CSharpSyntaxTree.ParseText(s).GetCompilationUnitRoot());
        var members = parts.SelectMany(p => p.Members).ToLookup(m => m is GlobalStatementSyntax);
        var usings = parts.SelectMany(p => p.Usings).Select(u => u.ToString().Trim()).Concat(Usings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(u => u.Trim() + ";")).Distinct(StringComparer.Ordinal);
        var text = string.Join('\n', usings) + "\n" + string.Concat(members[true].Concat(members[false]).Select(m => m.ToFullString() + "\n"));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(f => MetadataReference.CreateFromFile(f));
        var compilation = CSharpCompilation.Create(
            "Guide",
            [CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview))],
            references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        var wrong = result.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString()).ToList();
        Assert.True(result.Success && wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [GeneratedRegex("^```csharp\\r?\\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Snippet();
}
