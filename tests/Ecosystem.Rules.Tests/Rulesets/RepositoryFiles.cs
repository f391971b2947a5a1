namespace Ecosystem.Rules.Tests.Rulesets;

/// <summary>Finds folders of the repository from wherever the tests run.</summary>
internal static class RepositoryFiles
{
    public static string Rulesets { get; } = Find("rulesets");

    public static string Guides { get; } = Path.Combine(Find("docs"), "guide");

    public static string Read(string name) => File.ReadAllText(Path.Combine(Rulesets, name + ".yaml"));

    private static string Find(string folder)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, folder);
            if (File.Exists(Path.Combine(at.FullName, "Ecosystem.Workflows.sln")) && Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException($"The repository's folder '{folder}' was not found above {AppContext.BaseDirectory}.");
    }
}
