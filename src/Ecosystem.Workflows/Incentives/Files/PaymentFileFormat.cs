namespace Ecosystem.Workflows.Incentives.Files;

/// <summary>A format of a payment file.</summary>
public enum PaymentFileFormat
{
    /// <summary>ISO 20022 customer credit transfer initiation, version 09.</summary>
    Pain001,

    /// <summary>NACHA file for US banks.</summary>
    Nacha,

    /// <summary>Comma-separated values, one line per payment.</summary>
    Csv,
}
