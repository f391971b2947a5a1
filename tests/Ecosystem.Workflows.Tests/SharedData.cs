namespace Ecosystem.Workflows.Tests;

/// <summary>Finds the reference data that lies beside the repository and is not part of it.</summary>
public static class SharedData
{
    /// <summary>A folder of the reference data; the test is skipped where it is absent.</summary>
    public static string Folder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data", name);
            if (Directory.Exists(data))
            {
                return data;
            }
        }

        Assert.Skip($"The reference data 'shared/data/{name}' is not beside the repository.");
        return "";
    }
}
