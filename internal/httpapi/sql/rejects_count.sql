select count(*) as total
from {bronze.rejects}
