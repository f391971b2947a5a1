namespace Ecosystem.Workflows.Simulation;

/// <summary>What the main job is to do.</summary>
public sealed record MainJobOptions
{
    /// <summary>Folder with the four files of a CRM export; null makes up an export of the same shape.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The currency of the export's amounts, which the files do not say.</summary>
    public Currency Currency { get; init; } = Currency.Usd;

    /// <summary>The country of the partner companies, which the files do not say.</summary>
    public string PartnerCountry { get; init; } = "US";

    /// <summary>How many opportunities a made-up export has.</summary>
    public int SampleSize { get; init; } = 600;

    /// <summary>The seed of a made-up export; equal seeds give equal exports.</summary>
    public int SampleSeed { get; init; } = 20161020;

    /// <summary>How many tasks are answered at once.</summary>
    public int Parallelism { get; init; } = 8;

    /// <summary>Folder into which released payment files are written; null writes none.</summary>
    public string? FilesFolder { get; init; }
}
