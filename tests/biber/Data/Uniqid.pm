package Data::Uniqid;

# What biber calls each name by, for itself alone: counted, because the module that this one stands for
# divides large integers in Perl for it, which takes biber longer than to read the name.

use strict;
use warnings;
use Exporter 'import';

our @EXPORT_OK = qw(suniqid uniqid luniqid);
our %EXPORT_TAGS = (all => \@EXPORT_OK);

my $count = 0;

sub luniqid { return "$$" . 'x' . ++$count }

*uniqid = *suniqid = \&luniqid;

1;
