namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>Finds the definitions written by Elsa in the shared folder beside the repository.</summary>
internal static class SharedDefinitions
{
    private static readonly string? Folder = Find();

    internal static string File(string name)
    {
        Assert.SkipWhen(Folder is null, "The folder shared/data/elsa-workflows is not there.");
        return Path.Combine(Folder!, name + ".json");
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data", "elsa-workflows");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
