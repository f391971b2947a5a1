namespace Ecosystem.Designer.Hosting;

/// <summary>Where the files are that the product ships: beside the binary, or, in a repository, above it.</summary>
internal static class ShippedFiles
{
    /// <summary>The folder of the shipped workflow definitions.</summary>
    public static string Definitions => Find("workflow-definitions");

    /// <summary>The folder of the shipped rulesets.</summary>
    public static string Rulesets => Find("rulesets");

    private static string Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, name);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new StartupException($"The folder {name} is not there: it belongs beside the binary or in a folder above {AppContext.BaseDirectory}.");
    }
}
