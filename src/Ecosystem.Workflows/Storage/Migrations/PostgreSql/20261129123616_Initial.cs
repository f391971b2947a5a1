using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace Ecosystem.Workflows.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AccessGrant",
                columns: table => new
                {
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Resource = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    GrantedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    RevokedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccessGrant", x => new { x.PartnerId, x.Resource });
                });

            migrationBuilder.CreateTable(
                name: "AccountClaim",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(450)", maxLength: 450, nullable: false, collation: "C"),
                    AccountKey = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    ProductsJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    From = table.Column<DateOnly>(type: "date", nullable: true),
                    Until = table.Column<DateOnly>(type: "date", nullable: true),
                    LastContactOn = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountClaim", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Agreement",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: false, collation: "C"),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Template = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    TemplateVersion = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    SentAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SignedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SignedBy = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Agreement", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AuditEntry",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ActorId = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Source = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Action = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    SubjectKind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    SubjectId = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    ReasonText = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    DataJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    PreviousHash = table.Column<string>(type: "character(64)", unicode: false, fixedLength: true, maxLength: 64, nullable: false, collation: "C"),
                    Hash = table.Column<string>(type: "character(64)", unicode: false, fixedLength: true, maxLength: 64, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditEntry", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "AuditHead",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Hash = table.Column<string>(type: "character(64)", unicode: false, fixedLength: true, maxLength: 64, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditHead", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Availability",
                columns: table => new
                {
                    Person = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Substitute = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    AwayFrom = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    AwayUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Manager = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Availability", x => x.Person);
                });

            migrationBuilder.CreateTable(
                name: "CaseHistoryEntry",
                columns: table => new
                {
                    CaseId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    StepId = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Type = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Status = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Outcome = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    NoteText = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Execution = table.Column<long>(type: "bigint", nullable: false),
                    Quiet = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseHistoryEntry", x => new { x.CaseId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "CaseRecord",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Kind = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    SubjectKind = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    SubjectId = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    Stage = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    WaitingForWho = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    WaitingForWhat = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    Due = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    DefinitionVersion = table.Column<int>(type: "integer", nullable: false),
                    ContentHash = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ChangedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Outcome = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    LastEntry = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseRecord", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Certification",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Holder = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    Level = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    GrantedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    ExpiresOn = table.Column<DateOnly>(type: "date", nullable: false),
                    RevokedOn = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Certification", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Conflict",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    DealId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Level = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Score = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    Kind = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    MatchesJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ProposalsJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Leader = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    Precedence = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    Outcome = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    ReasonText = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    DecisionId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    SplitDecisionId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    CaseId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    OpenedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedBy = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Conflict", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ContactLogEntry",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    PersonId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Category = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    SubjectId = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Action = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false, collation: "C"),
                    Counts = table.Column<bool>(type: "boolean", nullable: false),
                    Bypass = table.Column<bool>(type: "boolean", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SentAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DecisionId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactLogEntry", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "CustomerAccount",
                columns: table => new
                {
                    AccountKey = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    LegalName = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    NameKey = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Domain = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    Country = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    City = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    Postcode = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    TaxId = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    Industry = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    Parent = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    Employees = table.Column<int>(type: "integer", nullable: true),
                    AnnualRevenue = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: true),
                    YearEstablished = table.Column<int>(type: "integer", nullable: true),
                    ImportedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomerAccount", x => x.AccountKey);
                });

            migrationBuilder.CreateTable(
                name: "Deal",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    SellerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    CustomerName = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    CustomerDomain = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    CustomerCountry = table.Column<string>(type: "character varying(2)", unicode: false, maxLength: 2, nullable: true, collation: "C"),
                    CustomerCity = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    CustomerPostcode = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    CustomerTaxId = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    AccountKey = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    CustomerParent = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    CustomerContact = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    OpportunityKey = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    Territory = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    ProductsJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ProductSeries = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    ExpectedClose = table.Column<DateOnly>(type: "date", nullable: true),
                    EvidenceJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PublicTender = table.Column<bool>(type: "boolean", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    StateReason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false, collation: "C"),
                    Extension = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ExtensionDays = table.Column<int>(type: "integer", nullable: true),
                    Extensions = table.Column<int>(type: "integer", nullable: false),
                    Dispute = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ConflictId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    Resubmissions = table.Column<int>(type: "integer", nullable: false),
                    Resubmittable = table.Column<bool>(type: "boolean", nullable: false),
                    RejectCode = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    CaseId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    DecisionId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    SubmittedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ProtectedFrom = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ProtectedUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastActivityOn = table.Column<DateOnly>(type: "date", nullable: true),
                    ClosedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    WonAmount = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    Amount_Amount = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    Amount_Currency = table.Column<string>(type: "character(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Deal", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DealCredit",
                columns: table => new
                {
                    DealId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Share = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    Basis = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    DecisionId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Amount_Amount = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    Amount_Currency = table.Column<string>(type: "character(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DealCredit", x => new { x.DealId, x.PartnerId });
                });

            migrationBuilder.CreateTable(
                name: "DealHistoryEntry",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    DealId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Action = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    From = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    To = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ReasonText = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ActorId = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    DecisionId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DealHistoryEntry", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "DealKey",
                columns: table => new
                {
                    Key = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    DealId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DealKey", x => new { x.Key, x.DealId });
                });

            migrationBuilder.CreateTable(
                name: "DecisionRecord",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Ruleset = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    RulesetVersion = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    AsOf = table.Column<DateOnly>(type: "date", nullable: false),
                    SubjectKind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    SubjectId = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    InputsJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    OutputsJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    TraceJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ActorId = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DecisionRecord", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DefinitionVersion",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(64)", unicode: false, maxLength: 64, nullable: false, collation: "C"),
                    DefinitionId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    IsLatest = table.Column<bool>(type: "boolean", nullable: false),
                    ContentHash = table.Column<string>(type: "character varying(64)", unicode: false, maxLength: 64, nullable: false, collation: "C"),
                    Json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ChangedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ChangedBy = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    PublishedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    PublishedBy = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    PilotPercent = table.Column<int>(type: "integer", nullable: true),
                    PilotPartnersJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DefinitionVersion", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Document",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    TaskId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    Name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    ContentType = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    Sha256 = table.Column<string>(type: "character(64)", unicode: false, fixedLength: true, maxLength: 64, nullable: false, collation: "C"),
                    By = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Document", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DutyRecord",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    SubjectKind = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    SubjectId = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Duty = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Person = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DutyRecord", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "EventSubscription",
                columns: table => new
                {
                    CaseId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Request = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    CorrelationId = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EventSubscription", x => new { x.CaseId, x.Request, x.Name });
                });

            migrationBuilder.CreateTable(
                name: "HealthSnapshot",
                columns: table => new
                {
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    AsOf = table.Column<DateOnly>(type: "date", nullable: false),
                    Score = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: true),
                    Band = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true, collation: "C"),
                    Coverage = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    DriversJson = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HealthSnapshot", x => new { x.PartnerId, x.AsOf });
                });

            migrationBuilder.CreateTable(
                name: "HumanTask",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    CaseId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    StepId = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Type = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Title = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    DescriptionText = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SubjectKind = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    SubjectId = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    FormJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ContextJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    OutcomesJson = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false, collation: "C"),
                    CandidateRoles = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    CandidatePeople = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Assignee = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    Priority = table.Column<int>(type: "integer", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Due = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    IsOpen = table.Column<int>(type: "integer", nullable: false),
                    InboxKey = table.Column<string>(type: "character varying(130)", unicode: false, maxLength: 130, nullable: false, collation: "C"),
                    FollowUp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ReturnedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ReturnedToPartner = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    ReturnedToPerson = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    QuestionText = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    PausedTicks = table.Column<long>(type: "bigint", nullable: false),
                    EscalateAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DefaultOutcome = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    HandedOnBy = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Outcome = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    DataJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    CommentText = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    CompletedBy = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    CompletedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Excluded = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Calendar = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Group = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    Escalation = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HumanTask", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "IncentiveLine",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    DealId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Event = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    EarnedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    BookedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    SharePercent = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    RatePercent = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    HoldUntil = table.Column<DateOnly>(type: "date", nullable: false),
                    HoldReason = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    ClawbackDays = table.Column<int>(type: "integer", nullable: false),
                    ReasonText = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    DecisionId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    RulesetVersion = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true, collation: "C"),
                    CorrectsLineId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    CalculatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    RunId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    PaidOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Moves = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    Amount_Amount = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    Amount_Currency = table.Column<string>(type: "character(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "C"),
                    Base_Amount = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    Base_Currency = table.Column<string>(type: "character(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncentiveLine", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "IssuedStatement",
                columns: table => new
                {
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Period = table.Column<string>(type: "character varying(7)", unicode: false, maxLength: 7, nullable: false, collation: "C"),
                    Currency = table.Column<string>(type: "character(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "C"),
                    IssuedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Hash = table.Column<string>(type: "character(64)", unicode: false, fixedLength: true, maxLength: 64, nullable: false, collation: "C"),
                    Closing_Amount = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    Closing_Currency = table.Column<string>(type: "character(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IssuedStatement", x => new { x.PartnerId, x.Period, x.Currency });
                });

            migrationBuilder.CreateTable(
                name: "JournalEntry",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(120)", unicode: false, maxLength: 120, nullable: false, collation: "C"),
                    BookedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    PostedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ReasonText = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ActorId = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    LineId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    RunId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JournalEntry", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Lease",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(40)", unicode: false, maxLength: 40, nullable: false, collation: "C"),
                    Owner = table.Column<string>(type: "character varying(40)", unicode: false, maxLength: 40, nullable: false, collation: "C"),
                    Until = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Lease", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "LineTransition",
                columns: table => new
                {
                    LineId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    From = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    To = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    On = table.Column<DateOnly>(type: "date", nullable: false),
                    ActorId = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    ReasonText = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    RunId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LineTransition", x => new { x.LineId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "MainJobPosition",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(40)", unicode: false, maxLength: 40, nullable: false, collation: "C"),
                    SourceHash = table.Column<string>(type: "character varying(64)", unicode: false, maxLength: 64, nullable: false, collation: "C"),
                    Now = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    FinishedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MainJobPosition", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "OutboxMessage",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Id = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    PayloadJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    ErrorText = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ParkedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutboxMessage", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "Partner",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    LegalName = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    NameKey = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Domain = table.Column<string>(type: "character varying(253)", unicode: false, maxLength: 253, nullable: true, collation: "C"),
                    Country = table.Column<string>(type: "character(2)", unicode: false, fixedLength: true, maxLength: 2, nullable: false, collation: "C"),
                    City = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    Postcode = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    TaxId = table.Column<string>(type: "character varying(40)", unicode: false, maxLength: 40, nullable: true, collation: "C"),
                    Type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Region = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    IndustriesJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ExpectedAnnualRevenue = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    RequestedDiscount = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    RegistryVerified = table.Column<bool>(type: "boolean", nullable: false),
                    Status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Stage = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Tier = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Health = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: true),
                    HealthBand = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    TaxFormOnFile = table.Column<bool>(type: "boolean", nullable: false),
                    GoodStanding = table.Column<bool>(type: "boolean", nullable: false),
                    CaseId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    MergedInto = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    AppliedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ActivatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastActivityAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    StatusReason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true, collation: "C"),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Partner", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PartnerContact",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Email = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    Phone = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    Role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    OptOutsJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PartnerContact", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PartnerKey",
                columns: table => new
                {
                    Key = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PartnerKey", x => new { x.Key, x.PartnerId });
                });

            migrationBuilder.CreateTable(
                name: "PartnerMerge",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    SurvivorId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    AbsorbedId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    MergedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    MergedBy = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    SnapshotJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    UndoneAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PartnerMerge", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PayeeProfile",
                columns: table => new
                {
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Currency = table.Column<string>(type: "character(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "C"),
                    DetailsJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    EditedBy = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    EditedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ChangedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    VerifiedBy = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    VerifiedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Verification = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PayeeProfile", x => new { x.PartnerId, x.Currency });
                });

            migrationBuilder.CreateTable(
                name: "PayoutFile",
                columns: table => new
                {
                    RunId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Format = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Sha256 = table.Column<string>(type: "character(64)", unicode: false, fixedLength: true, maxLength: 64, nullable: false, collation: "C"),
                    Size = table.Column<int>(type: "integer", nullable: false),
                    Payments = table.Column<int>(type: "integer", nullable: false),
                    Total_Amount = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    Total_Currency = table.Column<string>(type: "character(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PayoutFile", x => new { x.RunId, x.Format });
                });

            migrationBuilder.CreateTable(
                name: "PayoutPayment",
                columns: table => new
                {
                    EndToEndId = table.Column<string>(type: "character varying(35)", unicode: false, maxLength: 35, nullable: false, collation: "C"),
                    RunId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ReasonText = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    PayeeJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    DetailsBy = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Amount_Amount = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    Amount_Currency = table.Column<string>(type: "character(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "C"),
                    Gross_Amount = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    Gross_Currency = table.Column<string>(type: "character(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "C"),
                    Netted_Amount = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    Netted_Currency = table.Column<string>(type: "character(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "C"),
                    TaxWithheld_Amount = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    TaxWithheld_Currency = table.Column<string>(type: "character(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PayoutPayment", x => x.EndToEndId);
                });

            migrationBuilder.CreateTable(
                name: "PayoutRun",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Period = table.Column<string>(type: "character varying(7)", unicode: false, maxLength: 7, nullable: false, collation: "C"),
                    Currency = table.Column<string>(type: "character(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "C"),
                    Status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    CreatedBy = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Gross = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    Netted = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    TaxWithheld = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    Total = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    LineCount = table.Column<int>(type: "integer", nullable: false),
                    CalculatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ApprovalsNeeded = table.Column<int>(type: "integer", nullable: false),
                    FirstApprovedBy = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true, collation: "C"),
                    ApprovedBy = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true, collation: "C"),
                    ApprovedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ReleasedBy = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true, collation: "C"),
                    ReleasedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ExecutionDate = table.Column<DateOnly>(type: "date", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ReasonText = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SkippedJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    DebtorJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    CompanyId = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    CallerCaseId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PayoutRun", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ProtectionWarning",
                columns: table => new
                {
                    DealId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    On = table.Column<DateOnly>(type: "date", nullable: false),
                    Days = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProtectionWarning", x => new { x.DealId, x.On });
                });

            migrationBuilder.CreateTable(
                name: "Screening",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Outcome = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Risk = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    ReviewRole = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    TaxForm = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    ListVersions = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    RescreenOn = table.Column<DateOnly>(type: "date", nullable: false),
                    DecisionId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Screening", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "SplitShare",
                columns: table => new
                {
                    DealId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Share = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    ConflictId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SplitShare", x => new { x.DealId, x.PartnerId });
                });

            migrationBuilder.CreateTable(
                name: "StepRecord",
                columns: table => new
                {
                    Key = table.Column<string>(type: "character varying(200)", unicode: false, maxLength: 200, nullable: false, collation: "C"),
                    CaseId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Outcome = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    OutputJson = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StepRecord", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "StoredRuleset",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(122)", maxLength: 122, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    RulesetVersion = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Author = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    EventsJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ChangedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StoredRuleset", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TaskCandidate",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TaskId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Who = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Taken = table.Column<bool>(type: "boolean", nullable: false),
                    Type = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Title = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    InboxKey = table.Column<string>(type: "character varying(130)", unicode: false, maxLength: 130, nullable: false, collation: "C"),
                    Circle = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaskCandidate", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TaskLink",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    TaskId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Person = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UsedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaskLink", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TaskLinkKey",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Secret = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaskLinkKey", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TaskNote",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TaskId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    By = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    ByName = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    BodyText = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaskNote", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TierException",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Tier = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    Until = table.Column<DateOnly>(type: "date", nullable: false),
                    ReasonText = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    GrantedBy = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TierException", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "TierReview",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    AsOf = table.Column<DateOnly>(type: "date", nullable: false),
                    From = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    To = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Change = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    Score = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    EarnedTier = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    BelowSince = table.Column<DateOnly>(type: "date", nullable: true),
                    GraceUntil = table.Column<DateOnly>(type: "date", nullable: true),
                    GapsJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Scheduled = table.Column<bool>(type: "boolean", nullable: false),
                    DecisionId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TierReview", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "Touchpoint",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    DealId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    OccurredOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Confidence = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    EvidenceText = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SelfReferral = table.Column<bool>(type: "boolean", nullable: false),
                    RecordedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    RecordedBy = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Touchpoint", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TrainingAssignment",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Learner = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Course = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    WhyText = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    AssignedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "date", nullable: false),
                    CompletedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrainingAssignment", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TriggerRecord",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    DefinitionId = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    ActivityId = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    ActivityType = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    Methods = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TriggerRecord", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WatchlistEntry",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    NameKey = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    ListVersion = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WatchlistEntry", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "Webhook",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Url = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false, collation: "C"),
                    EventsJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    Secret = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    OldSecret = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    OldSecretUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    CreatedBy = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DisabledAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DisabledText = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Webhook", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WebhookDelivery",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    WebhookId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    EventType = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    BodyJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    NextAttemptAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastAttemptAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastStatus = table.Column<int>(type: "integer", nullable: true),
                    ErrorText = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WebhookDelivery", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConflictParty",
                columns: table => new
                {
                    ConflictId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    DealId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: true, collation: "C"),
                    SubmittedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConflictParty", x => new { x.ConflictId, x.PartnerId });
                    table.ForeignKey(
                        name: "FK_ConflictParty_Conflict_ConflictId",
                        column: x => x.ConflictId,
                        principalTable: "Conflict",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "JournalPosting",
                columns: table => new
                {
                    EntryId = table.Column<string>(type: "character varying(120)", unicode: false, maxLength: 120, nullable: false, collation: "C"),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    BookedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Account = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    PartnerId = table.Column<string>(type: "character varying(100)", unicode: false, maxLength: 100, nullable: false, collation: "C"),
                    Currency = table.Column<string>(type: "character(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "C"),
                    Debit = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false),
                    Credit = table.Column<decimal>(type: "numeric(28,10)", precision: 28, scale: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JournalPosting", x => new { x.EntryId, x.Number });
                    table.ForeignKey(
                        name: "FK_JournalPosting_JournalEntry_EntryId",
                        column: x => x.EntryId,
                        principalTable: "JournalEntry",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "AuditHead",
                columns: new[] { "Id", "Hash", "Sequence" },
                values: new object[] { 1, "0000000000000000000000000000000000000000000000000000000000000000", 0L });

            migrationBuilder.InsertData(
                table: "Lease",
                columns: new[] { "Name", "Owner", "Until" },
                values: new object[,]
                {
                    { "outbox", "", new DateTime(1970, 1, 1, 0, 0, 0, 0, DateTimeKind.Utc) },
                    { "webhooks", "", new DateTime(1970, 1, 1, 0, 0, 0, 0, DateTimeKind.Utc) }
                });

            migrationBuilder.CreateIndex(
                name: "IX_AccountClaim_AccountKey",
                table: "AccountClaim",
                column: "AccountKey");

            migrationBuilder.CreateIndex(
                name: "IX_Agreement_PartnerId",
                table: "Agreement",
                column: "PartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntry_SubjectKind_SubjectId",
                table: "AuditEntry",
                columns: new[] { "SubjectKind", "SubjectId" });

            migrationBuilder.CreateIndex(
                name: "IX_CaseRecord_ChangedAt",
                table: "CaseRecord",
                column: "ChangedAt");

            migrationBuilder.CreateIndex(
                name: "IX_CaseRecord_Kind_Status",
                table: "CaseRecord",
                columns: new[] { "Kind", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_CaseRecord_PartnerId",
                table: "CaseRecord",
                column: "PartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_CaseRecord_StartedAt",
                table: "CaseRecord",
                column: "StartedAt");

            migrationBuilder.CreateIndex(
                name: "IX_CaseRecord_SubjectKind_SubjectId",
                table: "CaseRecord",
                columns: new[] { "SubjectKind", "SubjectId" });

            migrationBuilder.CreateIndex(
                name: "IX_Certification_PartnerId_ExpiresOn",
                table: "Certification",
                columns: new[] { "PartnerId", "ExpiresOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Conflict_DealId",
                table: "Conflict",
                column: "DealId");

            migrationBuilder.CreateIndex(
                name: "IX_Conflict_Status",
                table: "Conflict",
                column: "Status");

            migrationBuilder.CreateIndex(
                name: "IX_ConflictParty_PartnerId",
                table: "ConflictParty",
                column: "PartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_ContactLogEntry_PersonId_At",
                table: "ContactLogEntry",
                columns: new[] { "PersonId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_CustomerAccount_Domain",
                table: "CustomerAccount",
                column: "Domain");

            migrationBuilder.CreateIndex(
                name: "IX_CustomerAccount_NameKey",
                table: "CustomerAccount",
                column: "NameKey");

            migrationBuilder.CreateIndex(
                name: "IX_Deal_AccountKey_ClosedOn",
                table: "Deal",
                columns: new[] { "AccountKey", "ClosedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Deal_PartnerId_ClosedOn",
                table: "Deal",
                columns: new[] { "PartnerId", "ClosedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Deal_PartnerId_State",
                table: "Deal",
                columns: new[] { "PartnerId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Deal_State_ProtectedUntil",
                table: "Deal",
                columns: new[] { "State", "ProtectedUntil" });

            migrationBuilder.CreateIndex(
                name: "IX_DealCredit_PartnerId",
                table: "DealCredit",
                column: "PartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_DealHistoryEntry_DealId",
                table: "DealHistoryEntry",
                column: "DealId");

            migrationBuilder.CreateIndex(
                name: "IX_DealKey_DealId",
                table: "DealKey",
                column: "DealId");

            migrationBuilder.CreateIndex(
                name: "IX_DecisionRecord_Ruleset_At",
                table: "DecisionRecord",
                columns: new[] { "Ruleset", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_DecisionRecord_SubjectKind_SubjectId",
                table: "DecisionRecord",
                columns: new[] { "SubjectKind", "SubjectId" });

            migrationBuilder.CreateIndex(
                name: "IX_DefinitionVersion_ContentHash",
                table: "DefinitionVersion",
                column: "ContentHash");

            migrationBuilder.CreateIndex(
                name: "IX_DefinitionVersion_DefinitionId_Number",
                table: "DefinitionVersion",
                columns: new[] { "DefinitionId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Document_TaskId",
                table: "Document",
                column: "TaskId");

            migrationBuilder.CreateIndex(
                name: "IX_DutyRecord_SubjectKind_SubjectId",
                table: "DutyRecord",
                columns: new[] { "SubjectKind", "SubjectId" });

            migrationBuilder.CreateIndex(
                name: "IX_EventSubscription_Name",
                table: "EventSubscription",
                column: "Name");

            migrationBuilder.CreateIndex(
                name: "IX_HumanTask_Assignee_IsOpen_InboxKey",
                table: "HumanTask",
                columns: new[] { "Assignee", "IsOpen", "InboxKey" });

            migrationBuilder.CreateIndex(
                name: "IX_HumanTask_CaseId_IsOpen_InboxKey",
                table: "HumanTask",
                columns: new[] { "CaseId", "IsOpen", "InboxKey" });

            migrationBuilder.CreateIndex(
                name: "IX_HumanTask_EscalateAt",
                table: "HumanTask",
                column: "EscalateAt");

            migrationBuilder.CreateIndex(
                name: "IX_HumanTask_FollowUp",
                table: "HumanTask",
                column: "FollowUp");

            migrationBuilder.CreateIndex(
                name: "IX_HumanTask_IsOpen_InboxKey_Title",
                table: "HumanTask",
                columns: new[] { "IsOpen", "InboxKey", "Title" });

            migrationBuilder.CreateIndex(
                name: "IX_HumanTask_PartnerId_IsOpen_InboxKey",
                table: "HumanTask",
                columns: new[] { "PartnerId", "IsOpen", "InboxKey" });

            migrationBuilder.CreateIndex(
                name: "IX_HumanTask_ReturnedToPartner_IsOpen_InboxKey",
                table: "HumanTask",
                columns: new[] { "ReturnedToPartner", "IsOpen", "InboxKey" });

            migrationBuilder.CreateIndex(
                name: "IX_HumanTask_State_InboxKey",
                table: "HumanTask",
                columns: new[] { "State", "InboxKey" });

            migrationBuilder.CreateIndex(
                name: "IX_HumanTask_Type_IsOpen_InboxKey",
                table: "HumanTask",
                columns: new[] { "Type", "IsOpen", "InboxKey" });

            migrationBuilder.CreateIndex(
                name: "IX_IncentiveLine_DealId",
                table: "IncentiveLine",
                column: "DealId");

            migrationBuilder.CreateIndex(
                name: "IX_IncentiveLine_PartnerId_BookedOn",
                table: "IncentiveLine",
                columns: new[] { "PartnerId", "BookedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_IncentiveLine_PartnerId_EarnedOn",
                table: "IncentiveLine",
                columns: new[] { "PartnerId", "EarnedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_IncentiveLine_RunId",
                table: "IncentiveLine",
                column: "RunId");

            migrationBuilder.CreateIndex(
                name: "IX_IncentiveLine_Status_HoldUntil",
                table: "IncentiveLine",
                columns: new[] { "Status", "HoldUntil" });

            migrationBuilder.CreateIndex(
                name: "IX_JournalEntry_RunId",
                table: "JournalEntry",
                column: "RunId");

            migrationBuilder.CreateIndex(
                name: "IX_JournalPosting_PartnerId_BookedOn",
                table: "JournalPosting",
                columns: new[] { "PartnerId", "BookedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_LineTransition_PartnerId_On",
                table: "LineTransition",
                columns: new[] { "PartnerId", "On" });

            migrationBuilder.CreateIndex(
                name: "IX_Partner_NameKey",
                table: "Partner",
                column: "NameKey");

            migrationBuilder.CreateIndex(
                name: "IX_Partner_Status_Tier",
                table: "Partner",
                columns: new[] { "Status", "Tier" });

            migrationBuilder.CreateIndex(
                name: "IX_PartnerContact_PartnerId",
                table: "PartnerContact",
                column: "PartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_PartnerKey_PartnerId",
                table: "PartnerKey",
                column: "PartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_PartnerMerge_AbsorbedId",
                table: "PartnerMerge",
                column: "AbsorbedId");

            migrationBuilder.CreateIndex(
                name: "IX_PayoutPayment_PartnerId",
                table: "PayoutPayment",
                column: "PartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_PayoutPayment_RunId_Number",
                table: "PayoutPayment",
                columns: new[] { "RunId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PayoutRun_Currency_Period",
                table: "PayoutRun",
                columns: new[] { "Currency", "Period" });

            migrationBuilder.CreateIndex(
                name: "IX_ProtectionWarning_On",
                table: "ProtectionWarning",
                column: "On");

            migrationBuilder.CreateIndex(
                name: "IX_Screening_PartnerId",
                table: "Screening",
                column: "PartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_Screening_RescreenOn",
                table: "Screening",
                column: "RescreenOn");

            migrationBuilder.CreateIndex(
                name: "IX_SplitShare_ConflictId",
                table: "SplitShare",
                column: "ConflictId");

            migrationBuilder.CreateIndex(
                name: "IX_StoredRuleset_Name_State",
                table: "StoredRuleset",
                columns: new[] { "Name", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_TaskCandidate_TaskId",
                table: "TaskCandidate",
                column: "TaskId");

            migrationBuilder.CreateIndex(
                name: "IX_TaskCandidate_Who_Taken_Circle_Type_InboxKey",
                table: "TaskCandidate",
                columns: new[] { "Who", "Taken", "Circle", "Type", "InboxKey" });

            migrationBuilder.CreateIndex(
                name: "IX_TaskCandidate_Who_Taken_InboxKey_Title",
                table: "TaskCandidate",
                columns: new[] { "Who", "Taken", "InboxKey", "Title" });

            migrationBuilder.CreateIndex(
                name: "IX_TaskCandidate_Who_Taken_Type_InboxKey",
                table: "TaskCandidate",
                columns: new[] { "Who", "Taken", "Type", "InboxKey" });

            migrationBuilder.CreateIndex(
                name: "IX_TaskLink_TaskId",
                table: "TaskLink",
                column: "TaskId");

            migrationBuilder.CreateIndex(
                name: "IX_TaskNote_TaskId",
                table: "TaskNote",
                column: "TaskId");

            migrationBuilder.CreateIndex(
                name: "IX_TierException_PartnerId_Until",
                table: "TierException",
                columns: new[] { "PartnerId", "Until" });

            migrationBuilder.CreateIndex(
                name: "IX_TierReview_PartnerId_AsOf",
                table: "TierReview",
                columns: new[] { "PartnerId", "AsOf" });

            migrationBuilder.CreateIndex(
                name: "IX_Touchpoint_DealId",
                table: "Touchpoint",
                column: "DealId");

            migrationBuilder.CreateIndex(
                name: "IX_Touchpoint_PartnerId",
                table: "Touchpoint",
                column: "PartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_TrainingAssignment_PartnerId",
                table: "TrainingAssignment",
                column: "PartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_TriggerRecord_Kind_Name",
                table: "TriggerRecord",
                columns: new[] { "Kind", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_WatchlistEntry_Kind",
                table: "WatchlistEntry",
                column: "Kind");

            migrationBuilder.CreateIndex(
                name: "IX_WebhookDelivery_NextAttemptAt",
                table: "WebhookDelivery",
                column: "NextAttemptAt");

            migrationBuilder.CreateIndex(
                name: "IX_WebhookDelivery_WebhookId_Id",
                table: "WebhookDelivery",
                columns: new[] { "WebhookId", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccessGrant");

            migrationBuilder.DropTable(
                name: "AccountClaim");

            migrationBuilder.DropTable(
                name: "Agreement");

            migrationBuilder.DropTable(
                name: "AuditEntry");

            migrationBuilder.DropTable(
                name: "AuditHead");

            migrationBuilder.DropTable(
                name: "Availability");

            migrationBuilder.DropTable(
                name: "CaseHistoryEntry");

            migrationBuilder.DropTable(
                name: "CaseRecord");

            migrationBuilder.DropTable(
                name: "Certification");

            migrationBuilder.DropTable(
                name: "ConflictParty");

            migrationBuilder.DropTable(
                name: "ContactLogEntry");

            migrationBuilder.DropTable(
                name: "CustomerAccount");

            migrationBuilder.DropTable(
                name: "Deal");

            migrationBuilder.DropTable(
                name: "DealCredit");

            migrationBuilder.DropTable(
                name: "DealHistoryEntry");

            migrationBuilder.DropTable(
                name: "DealKey");

            migrationBuilder.DropTable(
                name: "DecisionRecord");

            migrationBuilder.DropTable(
                name: "DefinitionVersion");

            migrationBuilder.DropTable(
                name: "Document");

            migrationBuilder.DropTable(
                name: "DutyRecord");

            migrationBuilder.DropTable(
                name: "EventSubscription");

            migrationBuilder.DropTable(
                name: "HealthSnapshot");

            migrationBuilder.DropTable(
                name: "HumanTask");

            migrationBuilder.DropTable(
                name: "IncentiveLine");

            migrationBuilder.DropTable(
                name: "IssuedStatement");

            migrationBuilder.DropTable(
                name: "JournalPosting");

            migrationBuilder.DropTable(
                name: "Lease");

            migrationBuilder.DropTable(
                name: "LineTransition");

            migrationBuilder.DropTable(
                name: "MainJobPosition");

            migrationBuilder.DropTable(
                name: "OutboxMessage");

            migrationBuilder.DropTable(
                name: "Partner");

            migrationBuilder.DropTable(
                name: "PartnerContact");

            migrationBuilder.DropTable(
                name: "PartnerKey");

            migrationBuilder.DropTable(
                name: "PartnerMerge");

            migrationBuilder.DropTable(
                name: "PayeeProfile");

            migrationBuilder.DropTable(
                name: "PayoutFile");

            migrationBuilder.DropTable(
                name: "PayoutPayment");

            migrationBuilder.DropTable(
                name: "PayoutRun");

            migrationBuilder.DropTable(
                name: "ProtectionWarning");

            migrationBuilder.DropTable(
                name: "Screening");

            migrationBuilder.DropTable(
                name: "SplitShare");

            migrationBuilder.DropTable(
                name: "StepRecord");

            migrationBuilder.DropTable(
                name: "StoredRuleset");

            migrationBuilder.DropTable(
                name: "TaskCandidate");

            migrationBuilder.DropTable(
                name: "TaskLink");

            migrationBuilder.DropTable(
                name: "TaskLinkKey");

            migrationBuilder.DropTable(
                name: "TaskNote");

            migrationBuilder.DropTable(
                name: "TierException");

            migrationBuilder.DropTable(
                name: "TierReview");

            migrationBuilder.DropTable(
                name: "Touchpoint");

            migrationBuilder.DropTable(
                name: "TrainingAssignment");

            migrationBuilder.DropTable(
                name: "TriggerRecord");

            migrationBuilder.DropTable(
                name: "WatchlistEntry");

            migrationBuilder.DropTable(
                name: "Webhook");

            migrationBuilder.DropTable(
                name: "WebhookDelivery");

            migrationBuilder.DropTable(
                name: "Conflict");

            migrationBuilder.DropTable(
                name: "JournalEntry");
        }
    }
}
