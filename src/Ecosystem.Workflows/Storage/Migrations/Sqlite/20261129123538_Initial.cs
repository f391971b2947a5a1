using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace Ecosystem.Workflows.Storage.Migrations.Sqlite
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
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Resource = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    GrantedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccessGrant", x => new { x.PartnerId, x.Resource });
                });

            migrationBuilder.CreateTable(
                name: "AccountClaim",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 450, nullable: false),
                    AccountKey = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    ProductsJson = table.Column<string>(type: "TEXT", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    LastContactOn = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountClaim", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Agreement",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 250, nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Template = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    TemplateVersion = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SignedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SignedBy = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Agreement", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AuditEntry",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    ActorId = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Action = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    SubjectKind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SubjectId = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    ReasonText = table.Column<string>(type: "TEXT", nullable: true),
                    DataJson = table.Column<string>(type: "TEXT", nullable: true),
                    PreviousHash = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 64, nullable: false),
                    Hash = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditEntry", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "AuditHead",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditHead", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Availability",
                columns: table => new
                {
                    Person = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Substitute = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    AwayFrom = table.Column<long>(type: "INTEGER", nullable: true),
                    AwayUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    Manager = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Availability", x => x.Person);
                });

            migrationBuilder.CreateTable(
                name: "CaseHistoryEntry",
                columns: table => new
                {
                    CaseId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    StepId = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    NoteText = table.Column<string>(type: "TEXT", nullable: true),
                    Execution = table.Column<long>(type: "INTEGER", nullable: false),
                    Quiet = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseHistoryEntry", x => new { x.CaseId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "CaseRecord",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    SubjectKind = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    SubjectId = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    Stage = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    WaitingForWho = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    WaitingForWhat = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Due = table.Column<long>(type: "INTEGER", nullable: true),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    DefinitionVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    ContentHash = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    LastEntry = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseRecord", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Certification",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Holder = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Level = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    GrantedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ExpiresOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    RevokedOn = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Certification", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Conflict",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    DealId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Level = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Score = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    MatchesJson = table.Column<string>(type: "TEXT", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ProposalsJson = table.Column<string>(type: "TEXT", nullable: false),
                    Leader = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    Precedence = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    ReasonText = table.Column<string>(type: "TEXT", nullable: true),
                    DecisionId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    SplitDecisionId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    CaseId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedBy = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Conflict", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ContactLogEntry",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    PersonId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Category = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    SubjectId = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Action = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    Counts = table.Column<bool>(type: "INTEGER", nullable: false),
                    Bypass = table.Column<bool>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DecisionId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactLogEntry", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "CustomerAccount",
                columns: table => new
                {
                    AccountKey = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    LegalName = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    NameKey = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Domain = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Country = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    City = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Postcode = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    TaxId = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Industry = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Parent = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Employees = table.Column<int>(type: "INTEGER", nullable: true),
                    AnnualRevenue = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: true),
                    YearEstablished = table.Column<int>(type: "INTEGER", nullable: true),
                    ImportedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomerAccount", x => x.AccountKey);
                });

            migrationBuilder.CreateTable(
                name: "Deal",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    SellerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    CustomerName = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    CustomerDomain = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    CustomerCountry = table.Column<string>(type: "TEXT", unicode: false, maxLength: 2, nullable: true),
                    CustomerCity = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    CustomerPostcode = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    CustomerTaxId = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    AccountKey = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    CustomerParent = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    CustomerContact = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    OpportunityKey = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Territory = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    ProductsJson = table.Column<string>(type: "TEXT", nullable: false),
                    ProductSeries = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    ExpectedClose = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    EvidenceJson = table.Column<string>(type: "TEXT", nullable: false),
                    PublicTender = table.Column<bool>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    StateReason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Extension = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ExtensionDays = table.Column<int>(type: "INTEGER", nullable: true),
                    Extensions = table.Column<int>(type: "INTEGER", nullable: false),
                    Dispute = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ConflictId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    Resubmissions = table.Column<int>(type: "INTEGER", nullable: false),
                    Resubmittable = table.Column<bool>(type: "INTEGER", nullable: false),
                    RejectCode = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    CaseId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    DecisionId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    SubmittedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ProtectedFrom = table.Column<long>(type: "INTEGER", nullable: true),
                    ProtectedUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    LastActivityOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ClosedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    WonAmount = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    Amount_Amount = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    Amount_Currency = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Deal", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DealCredit",
                columns: table => new
                {
                    DealId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Share = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    Basis = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    DecisionId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Amount_Amount = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    Amount_Currency = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DealCredit", x => new { x.DealId, x.PartnerId });
                });

            migrationBuilder.CreateTable(
                name: "DealHistoryEntry",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    DealId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Action = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    From = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    To = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ReasonText = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    ActorId = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    DecisionId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DealHistoryEntry", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "DealKey",
                columns: table => new
                {
                    Key = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    DealId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DealKey", x => new { x.Key, x.DealId });
                });

            migrationBuilder.CreateTable(
                name: "DecisionRecord",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Ruleset = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    RulesetVersion = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    AsOf = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    SubjectKind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SubjectId = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    InputsJson = table.Column<string>(type: "TEXT", nullable: false),
                    OutputsJson = table.Column<string>(type: "TEXT", nullable: false),
                    TraceJson = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    ActorId = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DecisionRecord", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DefinitionVersion",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 64, nullable: false),
                    DefinitionId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    IsLatest = table.Column<bool>(type: "INTEGER", nullable: false),
                    ContentHash = table.Column<string>(type: "TEXT", unicode: false, maxLength: 64, nullable: false),
                    Json = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedBy = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    PublishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PublishedBy = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    PilotPercent = table.Column<int>(type: "INTEGER", nullable: true),
                    PilotPartnersJson = table.Column<string>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DefinitionVersion", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Document",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    TaskId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    ContentType = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 64, nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Document", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DutyRecord",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SubjectKind = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    SubjectId = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Duty = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Person = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DutyRecord", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "EventSubscription",
                columns: table => new
                {
                    CaseId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Request = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    CorrelationId = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EventSubscription", x => new { x.CaseId, x.Request, x.Name });
                });

            migrationBuilder.CreateTable(
                name: "HealthSnapshot",
                columns: table => new
                {
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    AsOf = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Score = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: true),
                    Band = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    Coverage = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    DriversJson = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HealthSnapshot", x => new { x.PartnerId, x.AsOf });
                });

            migrationBuilder.CreateTable(
                name: "HumanTask",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    CaseId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    StepId = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    DescriptionText = table.Column<string>(type: "TEXT", nullable: true),
                    SubjectKind = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    SubjectId = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    FormJson = table.Column<string>(type: "TEXT", nullable: true),
                    ContextJson = table.Column<string>(type: "TEXT", nullable: true),
                    OutcomesJson = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    CandidateRoles = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    CandidatePeople = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Assignee = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    Priority = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Due = table.Column<long>(type: "INTEGER", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    IsOpen = table.Column<int>(type: "INTEGER", nullable: false),
                    InboxKey = table.Column<string>(type: "TEXT", unicode: false, maxLength: 130, nullable: false),
                    FollowUp = table.Column<long>(type: "INTEGER", nullable: true),
                    ReturnedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReturnedToPartner = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    ReturnedToPerson = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    QuestionText = table.Column<string>(type: "TEXT", nullable: true),
                    PausedTicks = table.Column<long>(type: "INTEGER", nullable: false),
                    EscalateAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DefaultOutcome = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    HandedOnBy = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    DataJson = table.Column<string>(type: "TEXT", nullable: true),
                    CommentText = table.Column<string>(type: "TEXT", nullable: true),
                    CompletedBy = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    CompletedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Excluded = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Calendar = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Group = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Escalation = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HumanTask", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "IncentiveLine",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    DealId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Event = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    EarnedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    BookedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    SharePercent = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    RatePercent = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    HoldUntil = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    HoldReason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ClawbackDays = table.Column<int>(type: "INTEGER", nullable: false),
                    ReasonText = table.Column<string>(type: "TEXT", nullable: false),
                    DecisionId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    RulesetVersion = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    CorrectsLineId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    CalculatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    RunId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    PaidOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Moves = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    Amount_Amount = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    Amount_Currency = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 3, nullable: false),
                    Base_Amount = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    Base_Currency = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncentiveLine", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "IssuedStatement",
                columns: table => new
                {
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Period = table.Column<string>(type: "TEXT", unicode: false, maxLength: 7, nullable: false),
                    Currency = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 3, nullable: false),
                    IssuedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 64, nullable: false),
                    Closing_Amount = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    Closing_Currency = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IssuedStatement", x => new { x.PartnerId, x.Period, x.Currency });
                });

            migrationBuilder.CreateTable(
                name: "JournalEntry",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 120, nullable: false),
                    BookedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    PostedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReasonText = table.Column<string>(type: "TEXT", nullable: false),
                    ActorId = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    LineId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    RunId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JournalEntry", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Lease",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    Owner = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    Until = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Lease", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "LineTransition",
                columns: table => new
                {
                    LineId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    From = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    To = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ActorId = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    ReasonText = table.Column<string>(type: "TEXT", nullable: true),
                    RunId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LineTransition", x => new { x.LineId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "MainJobPosition",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    SourceHash = table.Column<string>(type: "TEXT", unicode: false, maxLength: 64, nullable: false),
                    Now = table.Column<long>(type: "INTEGER", nullable: false),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MainJobPosition", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "OutboxMessage",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    PayloadJson = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    ErrorText = table.Column<string>(type: "TEXT", nullable: true),
                    ParkedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutboxMessage", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "Partner",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    LegalName = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    NameKey = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Domain = table.Column<string>(type: "TEXT", unicode: false, maxLength: 253, nullable: true),
                    Country = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 2, nullable: false),
                    City = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Postcode = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    TaxId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: true),
                    Type = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Region = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    IndustriesJson = table.Column<string>(type: "TEXT", nullable: false),
                    ExpectedAnnualRevenue = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    RequestedDiscount = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    RegistryVerified = table.Column<bool>(type: "INTEGER", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Stage = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Tier = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Health = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: true),
                    HealthBand = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    TaxFormOnFile = table.Column<bool>(type: "INTEGER", nullable: false),
                    GoodStanding = table.Column<bool>(type: "INTEGER", nullable: false),
                    CaseId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    MergedInto = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    AppliedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ActivatedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastActivityAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    StatusReason = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Partner", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PartnerContact",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Email = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Phone = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    OptOutsJson = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PartnerContact", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PartnerKey",
                columns: table => new
                {
                    Key = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PartnerKey", x => new { x.Key, x.PartnerId });
                });

            migrationBuilder.CreateTable(
                name: "PartnerMerge",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    SurvivorId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    AbsorbedId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    MergedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    MergedBy = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    SnapshotJson = table.Column<string>(type: "TEXT", nullable: false),
                    UndoneAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PartnerMerge", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PayeeProfile",
                columns: table => new
                {
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Currency = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 3, nullable: false),
                    DetailsJson = table.Column<string>(type: "TEXT", nullable: false),
                    EditedBy = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    EditedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    VerifiedBy = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    VerifiedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Verification = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PayeeProfile", x => new { x.PartnerId, x.Currency });
                });

            migrationBuilder.CreateTable(
                name: "PayoutFile",
                columns: table => new
                {
                    RunId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Format = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 64, nullable: false),
                    Size = table.Column<int>(type: "INTEGER", nullable: false),
                    Payments = table.Column<int>(type: "INTEGER", nullable: false),
                    Total_Amount = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    Total_Currency = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PayoutFile", x => new { x.RunId, x.Format });
                });

            migrationBuilder.CreateTable(
                name: "PayoutPayment",
                columns: table => new
                {
                    EndToEndId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 35, nullable: false),
                    RunId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ReasonText = table.Column<string>(type: "TEXT", nullable: true),
                    PayeeJson = table.Column<string>(type: "TEXT", nullable: false),
                    DetailsBy = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Amount_Amount = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    Amount_Currency = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 3, nullable: false),
                    Gross_Amount = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    Gross_Currency = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 3, nullable: false),
                    Netted_Amount = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    Netted_Currency = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 3, nullable: false),
                    TaxWithheld_Amount = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    TaxWithheld_Currency = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PayoutPayment", x => x.EndToEndId);
                });

            migrationBuilder.CreateTable(
                name: "PayoutRun",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Period = table.Column<string>(type: "TEXT", unicode: false, maxLength: 7, nullable: false),
                    Currency = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 3, nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Gross = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    Netted = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    TaxWithheld = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    Total = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    LineCount = table.Column<int>(type: "INTEGER", nullable: false),
                    CalculatedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ApprovalsNeeded = table.Column<int>(type: "INTEGER", nullable: false),
                    FirstApprovedBy = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    ApprovedBy = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    ApprovedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReleasedBy = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    ReleasedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ExecutionDate = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReasonText = table.Column<string>(type: "TEXT", nullable: true),
                    SkippedJson = table.Column<string>(type: "TEXT", nullable: false),
                    DebtorJson = table.Column<string>(type: "TEXT", nullable: true),
                    CompanyId = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    CallerCaseId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PayoutRun", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ProtectionWarning",
                columns: table => new
                {
                    DealId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Days = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProtectionWarning", x => new { x.DealId, x.On });
                });

            migrationBuilder.CreateTable(
                name: "Screening",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Risk = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    ReviewRole = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    TaxForm = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    ListVersions = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    RescreenOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    DecisionId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Screening", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "SplitShare",
                columns: table => new
                {
                    DealId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Share = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    ConflictId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SplitShare", x => new { x.DealId, x.PartnerId });
                });

            migrationBuilder.CreateTable(
                name: "StepRecord",
                columns: table => new
                {
                    Key = table.Column<string>(type: "TEXT", unicode: false, maxLength: 200, nullable: false),
                    CaseId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    OutputJson = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StepRecord", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "StoredRuleset",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 122, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    RulesetVersion = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    Author = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    EventsJson = table.Column<string>(type: "TEXT", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StoredRuleset", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TaskCandidate",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TaskId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Who = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Taken = table.Column<bool>(type: "INTEGER", nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    InboxKey = table.Column<string>(type: "TEXT", unicode: false, maxLength: 130, nullable: false),
                    Circle = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaskCandidate", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TaskLink",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    TaskId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Person = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UsedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaskLink", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TaskLinkKey",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Secret = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaskLinkKey", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TaskNote",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TaskId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    ByName = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    BodyText = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaskNote", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TierException",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Tier = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Until = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ReasonText = table.Column<string>(type: "TEXT", nullable: false),
                    GrantedBy = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TierException", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "TierReview",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    AsOf = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    From = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    To = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Change = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Score = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    EarnedTier = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    BelowSince = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    GraceUntil = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    GapsJson = table.Column<string>(type: "TEXT", nullable: false),
                    Scheduled = table.Column<bool>(type: "INTEGER", nullable: false),
                    DecisionId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TierReview", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "Touchpoint",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    DealId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    OccurredOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Confidence = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    EvidenceText = table.Column<string>(type: "TEXT", nullable: true),
                    SelfReferral = table.Column<bool>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedBy = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Touchpoint", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TrainingAssignment",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Learner = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Course = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    WhyText = table.Column<string>(type: "TEXT", nullable: true),
                    AssignedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    CompletedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrainingAssignment", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TriggerRecord",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    DefinitionId = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    ActivityId = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    ActivityType = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Methods = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TriggerRecord", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WatchlistEntry",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    NameKey = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    ListVersion = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WatchlistEntry", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "Webhook",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Url = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    EventsJson = table.Column<string>(type: "TEXT", nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    Secret = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    OldSecret = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    OldSecretUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedBy = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DisabledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DisabledText = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Webhook", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WebhookDelivery",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    WebhookId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    EventType = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    BodyJson = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    NextAttemptAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastAttemptAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastStatus = table.Column<int>(type: "INTEGER", nullable: true),
                    ErrorText = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WebhookDelivery", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConflictParty",
                columns: table => new
                {
                    ConflictId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    DealId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: true),
                    SubmittedAt = table.Column<long>(type: "INTEGER", nullable: false)
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
                    EntryId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 120, nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    BookedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Account = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    PartnerId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 100, nullable: false),
                    Currency = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 3, nullable: false),
                    Debit = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false),
                    Credit = table.Column<decimal>(type: "TEXT", precision: 28, scale: 10, nullable: false)
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
